import QtQuick
import Antrean

/* The newest call when it has the stage for itself: the number, and under it where to go. */
Rectangle {
    id: call

    required property var sizes
    required property string number
    required property string counter
    required property string agency
    required property string word
    required property string second
    required property bool lit
    required property bool lost

    color: lit ? Theme.call : Theme.surface
    radius: sizes.radius

    Sign {
        id: agencyName

        anchors.left: parent.left
        anchors.margins: call.sizes.pad
        anchors.right: parent.right
        anchors.top: parent.top
        breadth: 90
        color: call.lit ? Theme.callText : Theme.quiet
        height: Math.round(call.sizes.label * 3.9)
        horizontalAlignment: Text.AlignHCenter
        least: call.sizes.least
        size: Math.round(call.sizes.label * 1.4)
        text: call.agency
        verticalAlignment: Text.AlignVCenter
        weight: 500
    }

    Code {
        anchors.baseline: desk.top
        anchors.baselineOffset: -Math.round((desk.y - agencyName.y - agencyName.height - capitals) / 2)
        anchors.left: parent.left
        anchors.leftMargin: call.sizes.pad
        anchors.right: parent.right
        anchors.rightMargin: call.sizes.pad
        color: call.lit ? Theme.callText : call.lost ? Theme.quiet : Theme.text
        horizontalAlignment: Text.AlignHCenter
        size: call.sizes.numbers[0]
        text: call.number
    }

    Desk {
        id: desk

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: Math.round(call.sizes.pad * 0.4)
        anchors.right: parent.right
        aside: true
        counter: call.counter
        foot: Math.round((height - size * Theme.capital) / 2)
        height: Math.round(Math.max(call.height * 0.24, call.sizes.counter * Theme.capital * 1.5))
        lit: call.lit
        lost: call.lost
        second: call.second
        size: call.sizes.counter
        sizes: call.sizes
        word: call.word
    }
}
