import QtQuick
import Antrean

/* One agency: its icon and its name, and why it gives no tickets when it gives none. */
Touchable {
    id: tile

    property string icon: ""
    property string note: ""
    property bool open: true
    property real textSize: Theme.capitals(Theme.bodyCapitals)

    ground: open ? Theme.surface : Theme.ground

    Rectangle {
        id: badge

        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(6)
        anchors.verticalCenter: parent.verticalCenter
        color: tile.open ? Theme.soft : Theme.sunken
        height: Theme.mm(22)
        radius: Theme.radius
        width: height

        Icon {
            anchors.centerIn: parent
            color: tile.open ? Theme.accent : Theme.quiet
            icon: tile.icon
            size: Theme.mm(14)
        }
    }

    Column {
        anchors.left: badge.right
        anchors.leftMargin: Theme.mm(6)
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(5)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(1.5)

        Label {
            color: tile.open ? Theme.text : Theme.quiet
            font.pixelSize: tile.textSize
            weight: Theme.medium
            text: tile.name
            width: parent.width
            Accessible.ignored: true
        }

        Label {
            capitals: Theme.smallCapitals
            color: Theme.quiet
            text: tile.note
            visible: text !== ""
            width: parent.width
        }
    }
}
