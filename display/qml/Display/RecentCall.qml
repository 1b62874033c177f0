import QtQuick
import Antrean

/* One line of the list: number and counter, under them the agency. */
Item {
    id: call

    required property var sizes
    required property string number
    required property string counter
    required property string agency
    required property bool lost

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: call.sizes.pad
        anchors.right: parent.right
        anchors.rightMargin: call.sizes.pad
        anchors.top: parent.top
        color: Theme.line
        height: call.sizes.rule
    }

    Code {
        id: ticket

        anchors.baseline: agencyName.top
        anchors.baselineOffset: -Math.round((agencyName.y - call.sizes.recent * Theme.capital) * 0.4)
        anchors.left: parent.left
        anchors.leftMargin: call.sizes.pad
        color: call.lost ? Theme.quiet : Theme.text
        size: call.sizes.recent
        text: call.number
        weight: 600
        width: Math.round((parent.width - 2 * call.sizes.pad) * 0.68)
    }

    Code {
        anchors.baseline: ticket.baseline
        anchors.left: ticket.right
        anchors.leftMargin: call.sizes.gap
        anchors.right: parent.right
        anchors.rightMargin: call.sizes.pad
        color: call.lost ? Theme.quiet : Theme.accent
        horizontalAlignment: Text.AlignRight
        size: call.sizes.recent
        text: call.counter
        weight: 600
    }

    Sign {
        id: agencyName

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Math.round(call.sizes.pad * 0.2)
        anchors.left: parent.left
        // Beside the tail of a J, not under it.
        anchors.leftMargin: call.sizes.pad + Math.round(ticket.tail * 1.6)
        anchors.right: parent.right
        anchors.rightMargin: call.sizes.pad
        breadth: 85
        color: Theme.quiet
        height: Math.min(Math.round(call.sizes.agency * 2.1), call.height - Math.round(call.sizes.recent * Theme.capital + call.sizes.pad * 0.8))
        least: call.sizes.least
        lineHeight: 0.9
        size: call.sizes.agency
        text: call.agency
        verticalAlignment: Text.AlignVCenter
    }
}
