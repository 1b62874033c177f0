pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The newest calls: one alone, or a few sharing the height. The cards are made once, and each keeps its letters' sizes: a
   call only changes texts. Another size would be another font to Qt, which takes it tens of milliseconds to make. */
Item {
    id: stage

    required property var sizes
    required property var calls
    required property string word
    required property string second
    required property bool lost
    /* One call leaves half of the stage to the page beside the calls. */
    required property bool paged
    readonly property int sharing: Math.max(paged ? 2 : 1, calls.length)
    /* Under the word for the counter, which a lost board has no room for. */
    readonly property int under: lost ? 0 : sizes.column
    readonly property var none: ({
            number: "",
            counter: "",
            agency: "",
            short: "",
            area: "",
            beside: "",
            arrow: "",
            lit: false
        })

    Sign {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.rightMargin: Math.round(stage.sizes.pad * 0.5)
        brief: true
        color: Theme.accent
        height: stage.sizes.column
        horizontalAlignment: Text.AlignRight
        least: stage.sizes.least
        size: stage.sizes.label
        text: [stage.word, stage.second].filter(text => text).join(" · ")
        visible: stage.sharing > 1 && !stage.lost && stage.calls.length > 0
        weight: 500
        y: Math.round((height - stage.sizes.gap * 0.5 + stage.sizes.label * Theme.capital) / 2 - baselineOffset)
    }

    Card {
        call: stage.calls.length > 0 ? stage.calls[0] : stage.none
        height: stage.height
        lone: true
        lost: stage.lost
        second: stage.second
        sizes: stage.sizes
        visible: stage.sharing === 1 && stage.calls.length === 1
        width: stage.width
        word: stage.word
    }

    Repeater {
        model: stage.sizes.room

        Card {
            required property int index
            readonly property int places: Math.max(2, stage.sharing)

            call: index < stage.calls.length ? stage.calls[index] : stage.none
            height: Math.round((stage.height - stage.under - stage.sizes.gap * (places - 1)) / places)
            lone: false
            lost: stage.lost
            second: stage.second
            sizes: stage.sizes
            visible: stage.sharing > 1 && index < stage.calls.length
            width: stage.width
            word: stage.word
            y: stage.under + index * (height + stage.sizes.gap)
        }
    }
}
