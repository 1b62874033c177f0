pragma ComponentBehavior: Bound

import QtQuick

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
    readonly property var none: ({
            number: "",
            counter: "",
            agency: "",
            short: "",
            area: "",
            arrow: "",
            lit: false
        })

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
            height: Math.round((stage.height - stage.sizes.gap * (places - 1)) / places)
            lone: false
            lost: stage.lost
            second: stage.second
            sizes: stage.sizes
            visible: stage.sharing > 1 && index < stage.calls.length
            width: stage.width
            word: stage.word
            y: index * (height + stage.sizes.gap)
        }
    }
}
