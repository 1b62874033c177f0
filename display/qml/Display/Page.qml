pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* What stands beside the calls while they leave room: a text, a few lines, a picture or a code, one after the other. */
Rectangle {
    id: page

    required property var sizes
    required property var content
    readonly property bool framed: content.kind !== "picture"
    readonly property bool listing: content.kind === "lines"
    readonly property bool prose: content.kind === "text" || content.kind === "message"
    /* Of the title of a list. */
    readonly property int base: Math.round(sizes.pad * 0.7 + sizes.label * Theme.capital)
    /* By how much the letters of running text stand below the middle of their lines, which are set close. */
    readonly property int low: Math.round(sizes.label * Theme.above / 2)
    readonly property bool loading: picture.status === Image.Loading

    signal unreadable(source: string)

    clip: true
    color: framed ? Theme.surface : "transparent"
    radius: sizes.radius

    Sign {
        id: title

        anchors.left: parent.left
        anchors.leftMargin: page.sizes.pad
        anchors.right: code.visible ? code.left : parent.right
        anchors.rightMargin: page.sizes.pad
        brief: page.listing
        cut: 75
        color: page.prose ? Theme.text : Theme.accent
        height: page.listing ? Math.round(page.sizes.label * 1.4) : page.height - page.sizes.pad - page.low
        horizontalAlignment: page.prose ? Text.AlignHCenter : Text.AlignLeft
        least: page.sizes.least
        lineHeight: Theme.close
        size: page.sizes.label
        text: page.content.title
        verticalAlignment: page.listing ? Text.AlignTop : Text.AlignVCenter
        visible: text !== ""
        weight: page.listing ? 500 : 600
        y: page.listing ? page.base - baselineOffset : Math.round((page.height - height) / 2) - page.low
    }

    Repeater {
        model: page.sizes.lines

        Item {
            id: line

            required property int index
            readonly property var pair: page.listing && index < page.content.lines.length ? page.content.lines[index] : ["", ""]

            height: page.sizes.label
            width: page.width
            y: page.base + (index + 1) * height

            // Its upper edge is the line's base.
            Sign {
                anchors.left: parent.left
                anchors.leftMargin: page.sizes.pad
                anchors.right: value.left
                anchors.rightMargin: page.sizes.pad
                brief: true
                least: page.sizes.least
                size: page.sizes.label
                text: line.pair[0]
                weight: 600
                y: -baselineOffset
            }

            Sign {
                id: value

                anchors.right: parent.right
                anchors.rightMargin: page.sizes.pad
                brief: true
                horizontalAlignment: Text.AlignRight
                size: page.sizes.label
                text: line.pair[1]
                weight: 600
                width: Math.round(page.sizes.label * 2.4)
                y: -baselineOffset
            }
        }
    }

    Image {
        id: picture

        anchors.fill: parent
        asynchronous: true
        cache: false
        fillMode: Image.PreserveAspectFit
        source: page.content.kind === "picture" && page.visible ? page.content.source : ""
        sourceSize: Qt.size(width, height)
        onStatusChanged: if (status === Image.Error)
            page.unreadable(source)
    }

    Image {
        id: code

        anchors.bottom: parent.bottom
        anchors.margins: page.sizes.pad
        anchors.right: parent.right
        anchors.top: parent.top
        fillMode: Image.Pad
        source: visible ? "image://code/" + page.content.source : ""
        sourceSize: Qt.size(height, height)
        visible: page.content.kind === "code"
        width: height
        Accessible.name: page.content.title
    }
}
