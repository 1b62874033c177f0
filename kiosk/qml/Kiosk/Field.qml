import QtQuick
import Antrean

/* What was typed so far. */
Rectangle {
    id: field

    required property string typed
    required property string icon
    property string empty: ""

    border.color: Theme.accent
    border.width: Theme.outline
    color: Theme.surface
    radius: Theme.radius
    Accessible.name: typed === "" ? empty : typed
    Accessible.role: Accessible.EditableText

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accent
        icon: field.icon
        size: Theme.mm(10)
    }

    Label {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        // The end of a long text is what is being typed.
        elide: Text.ElideLeft
        color: field.typed === "" ? Theme.quiet : Theme.text
        maximumLineCount: 1
        objectName: "typed"
        text: field.typed === "" ? field.empty : field.typed
        weight: field.typed === "" ? Theme.regular : Theme.strong
        Accessible.ignored: true
    }
}
