pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* What stands beside the calls while they leave room: a text, a few lines, a picture or a code, one after the other. */
Rectangle {
    id: page

    required property var sizes
    required property var content
    readonly property bool framed: content.kind !== "picture"

    signal unreadable(source: string)

    clip: true
    color: framed ? Theme.surface : "transparent"
    radius: sizes.radius

    Sign {
        id: title

        anchors.left: parent.left
        anchors.margins: page.sizes.pad
        anchors.right: code.visible ? code.left : parent.right
        anchors.top: parent.top
        color: page.content.kind === "text" ? Theme.text : Theme.accent
        height: page.content.kind === "lines" ? Math.round(page.sizes.label * 0.75) : Math.round((page.height - 2 * page.sizes.pad) * (page.content.second ? 0.62 : 1))
        horizontalAlignment: page.content.kind === "text" ? Text.AlignHCenter : Text.AlignLeft
        least: page.sizes.least
        size: page.content.kind === "lines" ? Math.round(page.sizes.label * 0.55) : page.sizes.label
        text: page.content.kind === "lines" && page.content.second ? page.content.title + " · " + page.content.second : page.content.title
        verticalAlignment: Text.AlignVCenter
        visible: text !== ""
        weight: 600
    }

    Sign {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: page.sizes.pad
        anchors.right: title.right
        anchors.top: title.bottom
        color: Theme.quiet
        horizontalAlignment: title.horizontalAlignment
        least: page.sizes.least
        size: Math.round(page.sizes.label * 0.7)
        text: page.content.second
        verticalAlignment: Text.AlignTop
        visible: text !== "" && page.content.kind !== "lines"
    }

    Repeater {
        model: page.sizes.lines

        Item {
            id: line

            required property int index
            readonly property var pair: page.content.kind === "lines" && index < page.content.lines.length ? page.content.lines[index] : ["", ""]

            height: Math.round(page.sizes.label * 1.05)
            width: page.width
            y: Math.round(page.sizes.pad + page.sizes.label * 0.75 + index * height)

            Sign {
                anchors.left: parent.left
                anchors.leftMargin: page.sizes.pad
                anchors.right: value.left
                anchors.rightMargin: page.sizes.pad
                least: page.sizes.least
                brief: true
                size: page.sizes.label
                text: line.pair[0]
                weight: 600
            }

            Sign {
                id: value

                anchors.right: parent.right
                anchors.rightMargin: page.sizes.pad
                horizontalAlignment: Text.AlignRight
                brief: true
                size: page.sizes.label
                text: line.pair[1]
                weight: 600
                width: Math.round(page.sizes.label * 2.4)
            }
        }
    }

    Image {
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
