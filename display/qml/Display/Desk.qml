pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* Where to go: the counter on a ground of its own, so that no one reads it as part of the number. The arrow and the word
   stand above it or aside; its base line lies `foot` above the lower edge. */
Rectangle {
    id: desk

    required property var sizes
    required property var call
    required property int size
    required property string word
    required property string second
    required property bool lost
    required property bool aside
    required property int foot
    readonly property color ink: call.lit ? Theme.call : lost ? Theme.quiet : Theme.accent
    readonly property int most: Math.round(sizes.label * (aside ? 0.8 : 0.5))
    /* Where there is little room, the word has one size in both languages: that in which the longer one fits. */
    readonly property int wordSize: aside ? most : Math.max(sizes.least, Math.floor(most * Math.min(1, words.width / Math.max(own.narrowest, other.narrowest))))
    readonly property int inset: Math.round(sizes.pad * (aside ? 1.4 : 0.7))

    color: call.lit ? Theme.callText : lost ? Theme.sunken : Theme.soft
    radius: sizes.radius

    Arrow {
        id: arrow

        color: desk.ink
        size: Math.round(desk.aside ? code.capitals * 0.9 : desk.sizes.label * 0.95)
        way: desk.call.arrow
        x: desk.aside ? code.x + code.width - code.contentWidth - width - desk.inset : desk.inset
        y: Math.round(desk.aside ? (desk.height - height) / 2 : desk.sizes.pad * 0.35)
    }

    component Measure: TextMetrics {
        // As in Sign: what the narrowest cut leaves of the width.
        readonly property real narrowest: advanceWidth * 0.83

        font.family: Theme.family
        font.pixelSize: desk.most
        font.variableAxes: ({
                wght: 600,
                wdth: 100
            })
    }

    Measure {
        id: own

        text: desk.word
    }

    Measure {
        id: other

        text: desk.call.area ? "" : desk.second
    }

    Column {
        id: words

        anchors.left: desk.aside || !arrow.visible ? parent.left : arrow.right
        anchors.leftMargin: desk.aside || !arrow.visible ? desk.inset : desk.inset / 2
        anchors.right: !desk.aside ? parent.right : arrow.visible ? arrow.left : code.left
        anchors.rightMargin: desk.inset
        spacing: desk.aside ? 0 : -Math.round(desk.wordSize * 0.2)
        y: Math.round(desk.aside ? (parent.height - height) / 2 : arrow.y + arrow.size - height)

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            color: desk.ink
            horizontalAlignment: desk.aside ? Text.AlignLeft : Text.AlignRight
            least: desk.sizes.least
            brief: true
            size: desk.wordSize
            text: desk.word
            weight: 600
        }

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            color: desk.ink
            horizontalAlignment: desk.aside ? Text.AlignLeft : Text.AlignRight
            least: desk.sizes.least
            brief: true
            size: desk.aside || desk.call.area ? Math.round(desk.wordSize * 0.75) : desk.wordSize
            text: desk.call.area || desk.second
            visible: text !== "" && (desk.aside || desk.height - desk.foot - code.capitals > arrow.y + arrow.size + desk.wordSize * 0.2)
        }
    }

    Code {
        id: code

        anchors.baseline: parent.bottom
        anchors.baselineOffset: -desk.foot
        anchors.right: parent.right
        anchors.rightMargin: desk.inset
        color: desk.ink
        horizontalAlignment: Text.AlignRight
        size: desk.size
        text: desk.call.counter
        width: desk.aside ? Math.round(desk.width * 0.46) : desk.width - 2 * desk.inset
    }
}
