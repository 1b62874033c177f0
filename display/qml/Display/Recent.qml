pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The calls before the newest, newest first. The lines are made once; a call only changes their texts. */
Rectangle {
    id: recent

    required property var sizes
    required property var calls
    required property bool arrows
    required property var words
    required property var second
    required property bool lost
    readonly property int room: Math.floor(height / sizes.row)
    readonly property var none: ({
            number: "",
            counter: "",
            agency: "",
            short: "",
            area: "",
            arrow: "",
            lit: false
        })

    color: Theme.sunken
    radius: sizes.radius

    Sign {
        anchors.fill: parent
        anchors.margins: recent.sizes.pad * 2
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
        least: recent.sizes.least
        size: Math.round(recent.sizes.label * 0.75)
        text: [recent.words.soon, recent.second.soon].filter(text => text).join("\n\n")
        verticalAlignment: Text.AlignVCenter
        visible: recent.calls.length === 0
    }

    Repeater {
        model: recent.sizes.listed

        Line {
            required property int index

            arrows: recent.arrows
            call: index < recent.calls.length ? recent.calls[index] : recent.none
            first: index === 0
            height: recent.sizes.row
            lost: recent.lost
            sizes: recent.sizes
            visible: index < Math.min(recent.room, recent.calls.length)
            width: recent.width
            y: index * height
        }
    }
}
