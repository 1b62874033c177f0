import QtQuick
import Antrean

/* How fresh the board is; without the queue, from when it is. */
Item {
    id: freshness

    required property var sizes
    required property string text
    required property bool lost

    Rectangle {
        id: light

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        color: freshness.lost ? Theme.warn : Theme.good
        height: width
        radius: height / 2
        width: Math.round(freshness.sizes.note / 2)
    }

    Sign {
        anchors.left: light.right
        anchors.leftMargin: light.width
        anchors.right: parent.right
        color: freshness.lost ? Theme.warn : Theme.quiet
        height: parent.height
        least: freshness.sizes.least
        size: freshness.lost ? freshness.sizes.label : freshness.sizes.note
        text: freshness.text
        verticalAlignment: Text.AlignVCenter
        weight: freshness.lost ? 600 : 400
    }
}
