pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The calls before the newest, newest first. The lines are made once; a call only changes their texts. */
Rectangle {
    id: recent

    required property var sizes
    required property var calls
    required property string heading
    required property string second
    required property bool lost
    readonly property var none: ({
            number: "",
            counter: "",
            agency: ""
        })

    color: Theme.sunken
    radius: sizes.radius

    Sign {
        id: head

        anchors.left: parent.left
        anchors.leftMargin: recent.sizes.pad
        anchors.right: parent.right
        anchors.rightMargin: recent.sizes.pad
        anchors.top: parent.top
        color: Theme.quiet
        height: recent.height - recent.sizes.row * recent.sizes.listed
        least: recent.sizes.least
        size: recent.sizes.note
        text: recent.second ? recent.heading + " · " + recent.second : recent.heading
        verticalAlignment: Text.AlignVCenter
        weight: 500
    }

    Repeater {
        model: recent.sizes.listed

        RecentCall {
            required property int index
            readonly property var call: index < recent.calls.length ? recent.calls[index] : recent.none

            agency: call.agency
            counter: call.counter
            height: recent.sizes.row
            lost: recent.lost
            number: call.number
            sizes: recent.sizes
            visible: index < recent.calls.length
            width: recent.width
            y: head.height + index * height
        }
    }
}
