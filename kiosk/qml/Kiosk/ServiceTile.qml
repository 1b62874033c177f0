import QtQuick
import Antrean

/* One service: its name, and how many wait for it or why no ticket can be had. */
Touchable {
    id: tile

    property string note: ""
    property bool open: true
    property real textSize: Theme.capitals(Theme.bodyCapitals)

    choosable: open
    ground: open ? Theme.surface : Theme.ground

    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(8)
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(tile.open ? 24 : 8)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(2)

        Label {
            color: tile.open ? Theme.text : Theme.quiet
            font.pixelSize: tile.textSize
            weight: Theme.medium
            text: tile.name
            width: parent.width
            Accessible.ignored: true
        }

        Row {
            spacing: Theme.mm(2.5)
            width: parent.width

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.quiet
                icon: tile.open ? "people" : "closed"
                size: Theme.mm(6.5)
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                capitals: Theme.smallCapitals
                color: Theme.quiet
                weight: tile.open ? Theme.regular : Theme.strong
                text: tile.note
                width: parent.width - Theme.mm(9)
            }
        }
    }

    Icon {
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(7)
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accent
        icon: "next"
        size: Theme.mm(10)
        visible: tile.open
    }
}
