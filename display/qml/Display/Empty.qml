import QtQuick
import Antrean

/* Before the first call of the day, or while the hall rests. */
Item {
    id: empty

    required property var sizes
    required property var words
    required property var second

    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: empty.sizes.pad

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            fontSizeMode: Text.FixedSize
            horizontalAlignment: Text.AlignHCenter
            size: Math.round(empty.sizes.label * 1.25)
            text: empty.words.empty
            weight: 600
        }

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            color: Theme.accent
            fontSizeMode: Text.FixedSize
            horizontalAlignment: Text.AlignHCenter
            size: empty.sizes.label
            text: empty.words.soon
            visible: text !== ""
        }

        Sign {
            anchors.left: parent.left
            anchors.right: parent.right
            color: Theme.quiet
            fontSizeMode: Text.FixedSize
            horizontalAlignment: Text.AlignHCenter
            size: empty.sizes.label
            text: empty.second.empty
            visible: text !== ""
        }
    }
}
