import QtQuick
import Antrean

/* Looks like the field that it leads to. */
Touchable {
    id: key

    required property real textSize

    name: qsTr("Search for a service")
    rim: Theme.edge
    what: "search"

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accent
        icon: "search"
        size: Theme.mm(10)
    }

    Label {
        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.quiet
        font.pixelSize: key.textSize
        text: key.name
        Accessible.ignored: true
    }
}
