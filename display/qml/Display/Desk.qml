import QtQuick
import Antrean

/* Where to go: the counter on a ground of its own, so that no one reads it as part of the number. The words stand above
   it or aside; its base line lies `foot` above the lower edge. */
Rectangle {
    id: desk

    required property var sizes
    required property int size
    required property string counter
    required property string word
    required property string second
    required property bool lit
    required property bool lost
    required property bool aside
    required property int foot
    readonly property color ink: lit ? Theme.call : lost ? Theme.quiet : Theme.accent
    readonly property int wordSize: Math.round(sizes.label * (aside ? 2 : 1))

    color: lit ? Theme.callText : lost ? Theme.sunken : Theme.soft
    radius: sizes.radius

    Column {
        id: words

        anchors.right: desk.aside ? code.left : parent.right
        anchors.rightMargin: desk.sizes.pad * (desk.aside ? 1.6 : 0.8)
        width: (desk.aside ? Math.round(parent.width * 0.52) : parent.width) - 1.6 * desk.sizes.pad
        y: Math.round(desk.aside ? (parent.height - height) / 2 : desk.sizes.pad * 0.5)

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            color: desk.ink
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignRight
            least: desk.sizes.least
            size: desk.wordSize
            text: desk.aside || !desk.second ? desk.word : desk.word + " · " + desk.second
            weight: 600
            wrapMode: Text.NoWrap
        }

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            color: desk.ink
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignRight
            least: desk.sizes.least
            size: Math.round(desk.wordSize * 0.7)
            text: desk.second
            visible: desk.aside && text !== ""
            wrapMode: Text.NoWrap
        }
    }

    Code {
        id: code

        anchors.baseline: parent.bottom
        anchors.baselineOffset: -desk.foot
        anchors.right: parent.right
        anchors.rightMargin: desk.sizes.pad * (desk.aside ? 2 : 0.8)
        color: desk.ink
        horizontalAlignment: desk.aside ? Text.AlignLeft : Text.AlignRight
        size: desk.size
        text: desk.counter
        width: Math.round(desk.aside ? desk.width * 0.42 : desk.width - 1.6 * desk.sizes.pad)
    }
}
