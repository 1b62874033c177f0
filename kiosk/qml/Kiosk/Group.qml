import QtQuick
import Antrean

/* Tiles under a word that says what they have in common. */
Item {
    id: group

    required property string label
    required property real labelHeight
    required property var model
    required property int columns
    required property int rows

    Label {
        id: words

        capitals: Theme.smallCapitals
        color: Theme.quiet
        height: group.labelHeight
        text: group.label
        verticalAlignment: Text.AlignTop
        visible: text !== ""
        weight: Theme.strong
        width: parent.width
    }

    Tiles {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: words.visible ? words.bottom : parent.top
        columns: group.columns
        model: group.model
        rows: group.rows
    }
}
