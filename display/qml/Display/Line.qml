import QtQuick
import Antrean

/* One line of the list: number, agency, the way and the counter. */
Item {
    id: line

    required property var sizes
    required property var call
    required property bool arrows
    required property bool lost
    readonly property color ink: call.lit ? Theme.callText : lost ? Theme.quiet : Theme.text
    /* Where the capitals stand: in the middle, or above the agency. */
    readonly property int base: Math.round(sizes.stacked ? sizes.pad * 0.4 + sizes.recent * 0.8 : (height + sizes.recent * Theme.capital) / 2)

    Rectangle {
        anchors.fill: parent
        anchors.margins: line.sizes.rule
        color: Theme.call
        radius: line.sizes.radius
        visible: line.call.lit
    }

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: line.sizes.pad
        anchors.right: parent.right
        anchors.rightMargin: line.sizes.pad
        color: Theme.line
        height: line.sizes.rule
        visible: line.call.place > 0 && !line.call.lit
    }

    Code {
        id: ticket

        anchors.baseline: parent.top
        anchors.baselineOffset: line.base
        color: line.ink
        size: line.sizes.recent
        text: line.call.number
        weight: 650
        width: Math.round(line.sizes.recent * 2.38)
        x: line.sizes.pad
    }

    Sign {
        anchors.left: line.sizes.stacked ? ticket.left : ticket.right
        anchors.leftMargin: Math.round(line.sizes.recent * (line.sizes.stacked ? 0 : 0.16))
        anchors.right: line.sizes.stacked ? parent.right : line.arrows ? arrow.left : counter.left
        anchors.rightMargin: line.sizes.stacked ? line.sizes.pad : Math.round(line.sizes.recent * 0.1)
        color: line.call.lit ? Theme.callText : Theme.quiet
        height: single || line.sizes.stacked ? Math.round(line.sizes.recent * 1.36) : Math.round(line.height * 0.9)
        least: line.sizes.least
        brief: true
        size: line.sizes.recent
        text: line.call.beside
        verticalAlignment: single ? Text.AlignTop : Text.AlignVCenter
        y: line.sizes.stacked ? line.base + Math.round(line.sizes.recent * 0.06) : single ? line.base - baselineOffset : Math.round(line.height * 0.05)
    }

    Arrow {
        id: arrow

        anchors.right: counter.left
        anchors.rightMargin: Math.round(line.sizes.recent * 0.12)
        color: counter.color
        size: Math.round(line.sizes.recent * 0.56)
        way: line.call.arrow
        y: line.base - Math.round((line.sizes.recent * Theme.capital + height) / 2)
    }

    Code {
        id: counter

        anchors.baseline: ticket.baseline
        anchors.right: parent.right
        anchors.rightMargin: line.sizes.pad
        color: line.call.lit ? Theme.callText : line.lost ? Theme.quiet : Theme.accent
        horizontalAlignment: Text.AlignRight
        size: line.sizes.recent
        text: line.call.counter
        weight: 650
        width: Math.round(line.sizes.recent * 1.02)
    }
}
