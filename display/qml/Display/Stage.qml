pragma ComponentBehavior: Bound

import QtQuick

/* The newest calls: one alone, or a few sharing the height. The cards are made once; a call only changes their texts. */
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

    Repeater {
        model: stage.sizes.room

        Card {
            required property int index

            call: index < stage.calls.length ? stage.calls[index] : stage.none
            height: Math.round((stage.height - stage.sizes.gap * (stage.sharing - 1)) / stage.sharing)
            lone: stage.sharing === 1
            lost: stage.lost
            second: stage.second
            sizes: stage.sizes
            visible: index < stage.calls.length
            width: stage.width
            word: stage.word
            y: index * (height + stage.sizes.gap)
        }
    }
}
