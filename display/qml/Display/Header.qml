import QtQuick
import Antrean

/* One line at the top, by turns the hall, the date and how fresh the board is, and the clock; without the queue, below
   them the plain word that it is lost. */
Item {
    id: header

    required property var sizes
    required property string head
    required property string alarm
    required property string clock
    required property string health
    readonly property bool lost: health === "lost"
    readonly property color ink: lost ? Theme.ground : health === "live" ? Theme.text : Theme.warn
    readonly property int line: sizes.header - sizes.gap

    Rectangle {
        anchors.bottomMargin: header.sizes.gap
        anchors.fill: parent
        color: Theme.warn
        visible: header.lost
    }

    Code {
        id: time

        anchors.baseline: parent.top
        anchors.baselineOffset: Math.round((header.line + header.sizes.clock * Theme.capital) / 2)
        anchors.right: parent.right
        anchors.rightMargin: header.sizes.margin
        color: header.lost ? header.ink : Theme.text
        horizontalAlignment: Text.AlignRight
        size: header.sizes.clock
        text: header.clock
        weight: 600
        width: Math.round(header.sizes.clock * 2.7)
    }

    Sign {
        /* It may become three lines, which need all the room there is. */
        readonly property bool long: text.length > 24

        anchors.left: parent.left
        anchors.leftMargin: header.sizes.margin
        anchors.right: time.left
        anchors.rightMargin: header.sizes.margin
        brief: !header.sizes.portrait
        color: header.ink
        cut: long ? 62 : 75
        height: header.line + (long || brief ? 0 : Math.round(header.sizes.head * Theme.above))
        least: header.sizes.least
        lineHeight: Theme.close
        size: header.sizes.head
        text: header.head
        verticalAlignment: Text.AlignVCenter
        y: long || brief ? 0 : header.line - height + header.sizes.gap
        weight: header.health === "live" ? 500 : 600
    }

    Sign {
        readonly property int room: header.height - header.line - header.sizes.gap

        anchors.left: parent.left
        anchors.leftMargin: header.sizes.margin
        anchors.right: parent.right
        anchors.rightMargin: header.sizes.margin
        color: header.ink
        cut: 75
        height: room + Math.round(header.sizes.label * Theme.above)
        least: header.sizes.least
        lineHeight: Theme.close
        size: header.sizes.label
        text: header.alarm
        verticalAlignment: Text.AlignVCenter
        visible: header.lost
        weight: 600
        y: Math.round(header.height - header.sizes.gap * (header.sizes.portrait ? 1.5 : 0.75) - height)
    }
}
