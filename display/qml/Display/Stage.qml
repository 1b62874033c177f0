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
    readonly property var none: ({
            number: "",
            counter: "",
            agency: "",
            lit: false
        })

    LoneCall {
        readonly property var call: stage.calls.length === 1 ? stage.calls[0] : stage.none

        agency: call.agency
        anchors.fill: parent
        counter: call.counter
        lit: call.lit
        lost: stage.lost
        number: call.number
        second: stage.second
        sizes: stage.sizes
        visible: stage.calls.length === 1
        word: stage.word
    }

    Repeater {
        model: stage.sizes.room

        Call {
            required property int index
            readonly property var call: stage.calls.length > 1 && index < stage.calls.length ? stage.calls[index] : stage.none
            readonly property int sharing: Math.max(2, stage.calls.length)

            agency: call.agency
            counter: call.counter
            height: Math.round((stage.height - stage.sizes.gap * (sharing - 1)) / sharing)
            lit: call.lit
            lost: stage.lost
            number: call.number
            second: stage.second
            size: stage.sizes.numbers[Math.min(sharing, stage.sizes.room) - 1]
            sizes: stage.sizes
            visible: stage.calls.length > 1 && index < stage.calls.length
            width: stage.width
            word: stage.word
            y: index * (height + stage.sizes.gap)
        }
    }
}
