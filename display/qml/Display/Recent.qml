pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The calls before the newest, newest first. The lines are made once, and a call keeps its line while it moves down. */
Rectangle {
    id: recent

    required property var sizes
    required property var calls
    required property bool arrows
    required property var words
    required property var second
    required property bool lost
    /* No call before the newest. */
    readonly property bool bare: calls.every(call => call.place < 0)
    readonly property int room: Math.floor(height / sizes.row)

    color: Theme.sunken
    radius: sizes.radius

    Sign {
        anchors.fill: parent
        anchors.margins: recent.sizes.pad * 2
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
        least: recent.sizes.least
        size: recent.sizes.label
        text: [recent.words.soon, recent.second.soon].filter(text => text).join("\n\n")
        verticalAlignment: Text.AlignVCenter
        visible: recent.bare
    }

    Repeater {
        model: recent.calls.length

        Line {
            required property int index

            arrows: recent.arrows
            call: recent.calls[index]
            height: recent.sizes.row
            lost: recent.lost
            sizes: recent.sizes
            visible: call.place >= 0 && call.place < recent.room
            width: recent.width
            y: call.place * height
        }
    }
}
