import QtQuick
import Antrean

/* A call that shares the stage: the number left, where to go right. */
Rectangle {
    id: call

    required property var sizes
    required property int size
    required property string number
    required property string counter
    required property string agency
    required property string word
    required property string second
    required property bool lit
    required property bool lost
    readonly property real room: height - agencyName.y - agencyName.height
    readonly property int foot: Math.round((room - size * Theme.capital) / 2)

    color: lit ? Theme.call : Theme.surface
    radius: sizes.radius

    Sign {
        id: agencyName

        anchors.left: parent.left
        anchors.leftMargin: call.sizes.pad
        anchors.right: desk.left
        anchors.rightMargin: call.sizes.pad
        anchors.top: parent.top
        anchors.topMargin: Math.round(call.sizes.pad * 0.4)
        breadth: 90
        color: call.lit ? Theme.callText : Theme.quiet
        height: Math.min(Math.round(call.sizes.label * 2.8), call.height - Math.round(call.size * Theme.capital + call.sizes.pad * 2))
        least: call.sizes.least
        size: call.sizes.label
        text: call.agency
        verticalAlignment: Text.AlignVCenter
        weight: 500
    }

    Code {
        anchors.baseline: parent.bottom
        anchors.baselineOffset: -Math.round(Math.max(call.foot, tail))
        anchors.left: parent.left
        anchors.leftMargin: call.sizes.pad
        anchors.right: desk.left
        anchors.rightMargin: call.sizes.pad
        color: call.lit ? Theme.callText : call.lost ? Theme.quiet : Theme.text
        size: Math.min(call.size, Math.floor(call.room / (Theme.capital + hang)))
        text: call.number
    }

    Desk {
        id: desk

        anchors.bottom: parent.bottom
        anchors.margins: Math.round(call.sizes.pad * 0.4)
        anchors.right: parent.right
        anchors.top: parent.top
        aside: false
        counter: call.counter
        foot: call.foot - anchors.margins
        lit: call.lit
        lost: call.lost
        second: call.second
        size: call.size
        sizes: call.sizes
        width: Math.round(parent.width * 0.33)
        word: call.word
    }
}
