import QtQuick
import Antrean

/* The hall, the date and the clock; without the queue, the plain word that it is lost. */
Item {
    id: header

    required property var sizes
    required property string title
    required property string date
    required property string clock
    required property var words
    required property var second
    required property bool lost
    readonly property color ink: lost ? Theme.ground : Theme.text

    Rectangle {
        anchors.bottomMargin: header.sizes.gap
        anchors.fill: parent
        color: Theme.warn
        visible: header.lost
    }

    Item {
        anchors.bottomMargin: header.sizes.gap
        anchors.fill: parent
        anchors.leftMargin: header.sizes.margin
        anchors.rightMargin: header.sizes.margin

        Code {
            id: time

            anchors.baseline: parent.verticalCenter
            anchors.baselineOffset: Math.round(capitals / 2)
            anchors.right: parent.right
            color: header.ink
            fontSizeMode: Text.FixedSize
            size: header.sizes.clock
            text: header.clock
            weight: 600
        }

        Column {
            anchors.left: parent.left
            anchors.right: time.left
            anchors.rightMargin: header.sizes.margin
            anchors.verticalCenter: parent.verticalCenter

            Sign {
                anchors.left: parent.left
                anchors.right: parent.right
                color: header.ink
                height: Math.min(implicitHeight, Math.round(header.sizes.header * 0.52))
                least: header.sizes.least
                lineHeight: 0.9
                size: header.sizes.title
                text: header.lost ? header.words.lost + " " + header.words.listen : header.title
                verticalAlignment: Text.AlignBottom
                weight: 600
            }

            Sign {
                anchors.left: parent.left
                anchors.right: parent.right
                color: header.lost ? header.ink : Theme.quiet
                height: Math.min(implicitHeight, Math.round(header.sizes.header * 0.36))
                least: header.sizes.least
                lineHeight: 0.9
                size: header.sizes.date
                text: !header.lost ? header.date : header.second.lost ? header.second.lost + " " + header.second.listen : ""
                visible: text !== ""
            }
        }
    }
}
