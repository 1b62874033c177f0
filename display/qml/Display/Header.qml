import QtQuick
import Antrean

/* The hall, the date, how fresh the board is, and the clock; without the queue, the plain word that it is lost. */
Item {
    id: header

    required property var sizes
    required property string title
    required property string date
    required property string clock
    required property string fresh
    required property var words
    required property var second
    required property string health
    readonly property bool lost: health === "lost"
    readonly property color ink: lost ? Theme.ground : Theme.text

    Rectangle {
        anchors.bottomMargin: header.sizes.gap
        anchors.fill: parent
        color: Theme.warn
        visible: header.lost
    }

    Code {
        id: time

        anchors.baseline: parent.top
        anchors.baselineOffset: Math.round((header.sizes.header - header.sizes.gap * 0.5 + header.sizes.clock * Theme.capital) / 2)
        anchors.right: parent.right
        anchors.rightMargin: header.sizes.margin
        color: header.ink
        horizontalAlignment: Text.AlignRight
        size: header.sizes.clock
        text: header.clock
        weight: 600
        width: Math.round(header.sizes.clock * 2.7)
    }

    Item {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: header.sizes.gap
        anchors.left: parent.left
        anchors.leftMargin: header.sizes.margin
        anchors.right: time.left
        anchors.rightMargin: header.sizes.margin
        anchors.top: parent.top

        Sign {
            id: name

            anchors.left: parent.left
            anchors.right: header.sizes.portrait ? parent.right : today.left
            anchors.rightMargin: header.sizes.portrait ? 0 : header.sizes.margin
            anchors.top: parent.top
            height: header.sizes.portrait ? parent.height - today.height : parent.height
            least: header.sizes.least
            size: header.sizes.title
            text: header.title
            verticalAlignment: Text.AlignVCenter
            visible: !header.lost
            weight: 600
        }

        Item {
            id: today

            anchors.bottom: header.sizes.portrait ? parent.bottom : undefined
            anchors.right: parent.right
            anchors.verticalCenter: header.sizes.portrait ? undefined : parent.verticalCenter
            height: header.sizes.portrait ? date.implicitHeight : date.implicitHeight + fresh.implicitHeight
            visible: !header.lost
            width: header.sizes.portrait ? parent.width : Math.max(date.implicitWidth, light.width * 2 + fresh.implicitWidth)

            Sign {
                id: date

                anchors.right: header.sizes.portrait ? undefined : parent.right
                color: Theme.quiet
                fontSizeMode: Text.FixedSize
                size: header.sizes.date
                text: header.date
                wrapMode: Text.NoWrap
            }

            Rectangle {
                id: light

                anchors.right: fresh.left
                anchors.rightMargin: width
                anchors.verticalCenter: fresh.verticalCenter
                color: header.health === "live" ? Theme.good : Theme.warn
                height: width
                radius: height / 2
                width: Math.round(header.sizes.note / 2)
            }

            Sign {
                id: fresh

                anchors.bottom: parent.bottom
                anchors.right: parent.right
                color: header.health === "live" ? Theme.quiet : Theme.warn
                fontSizeMode: Text.FixedSize
                size: header.sizes.note
                text: header.fresh
                weight: header.health === "live" ? 400 : 650
                wrapMode: Text.NoWrap
            }
        }

        Column {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: header.sizes.pad * 0.5
            visible: header.lost

            Sign {
                anchors.left: parent.left
                anchors.right: parent.right
                color: header.ink
                height: Math.round(header.sizes.alarm * 0.58)
                least: header.sizes.least
                size: header.sizes.label
                text: header.words.lost + " " + header.words.listen
                verticalAlignment: Text.AlignVCenter
                weight: 650
            }

            Sign {
                anchors.left: parent.left
                anchors.right: parent.right
                color: header.ink
                height: Math.round(header.sizes.alarm * 0.18)
                least: header.sizes.least
                size: Math.round(header.sizes.label * 0.5)
                text: header.second.lost ? header.second.lost + " " + header.second.listen : ""
                verticalAlignment: Text.AlignVCenter
                visible: text !== ""
            }

            Sign {
                anchors.left: parent.left
                anchors.right: parent.right
                color: header.ink
                height: Math.round(header.sizes.alarm * 0.12)
                least: header.sizes.least
                brief: true
                size: header.sizes.date
                text: header.fresh
                verticalAlignment: Text.AlignVCenter
                weight: 650
            }
        }
    }
}
