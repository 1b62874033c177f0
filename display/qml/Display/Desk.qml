import QtQuick
import Antrean

/* Where to go: the counter on a ground of its own, so that no one reads it as part of the number, and the way. Its base
   line lies `foot` above the lower edge. A lone call has the words for it above. */
Rectangle {
    id: desk

    required property var sizes
    required property var call
    required property int size
    required property string word
    required property string second
    required property bool lost
    required property bool lone
    required property int foot
    readonly property color ink: call.lit ? Theme.call : lost ? Theme.quiet : Theme.accent
    readonly property int inset: Math.round(sizes.pad * 0.7)
    /* What is free above the counter. */
    readonly property int free: height - foot - code.capitals

    color: call.lit ? Theme.callText : lost ? Theme.sunken : Theme.soft
    radius: sizes.radius

    Sign {
        anchors.left: parent.left
        anchors.leftMargin: desk.inset
        anchors.right: parent.right
        anchors.rightMargin: desk.inset
        brief: true
        color: desk.ink
        horizontalAlignment: Text.AlignHCenter
        least: desk.sizes.least
        size: desk.sizes.label
        text: [desk.word, desk.call.area || desk.second].filter(text => text).join(" · ")
        visible: desk.lone
        weight: 600
        y: Math.round((desk.free - desk.sizes.label * Theme.capital) * 0.5 + desk.sizes.label * Theme.capital - baselineOffset)
    }

    Arrow {
        id: arrow

        color: desk.ink
        size: Math.max(1, Math.round(desk.lone ? code.capitals * 0.9 : Math.min(desk.sizes.label * 1.3, desk.free * 0.8, desk.width * 0.7)))
        way: desk.call.arrow
        x: Math.round(desk.lone ? code.x + (code.width - code.contentWidth) / 2 - width - desk.sizes.pad : (desk.width - width) / 2)
        y: Math.round(desk.lone ? desk.height - desk.foot - (code.capitals + height) / 2 : (desk.free - height) / 2)
    }

    Code {
        id: code

        anchors.baseline: parent.bottom
        anchors.baselineOffset: -desk.foot
        anchors.right: parent.right
        anchors.rightMargin: desk.inset
        color: desk.ink
        horizontalAlignment: Text.AlignHCenter
        size: desk.size
        text: desk.call.counter
        width: desk.width - 2 * desk.inset - (desk.lone && arrow.visible ? Math.round(desk.size * Theme.capital * 0.9) + desk.sizes.pad : 0)
    }
}
