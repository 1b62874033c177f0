import QtQuick
import Antrean

/* One thing to choose: its icon, its name, and a note below: who waits, or why it cannot be chosen. */
Touchable {
    id: tile

    required property var shown
    required property real textSize
    readonly property bool open: tile.shown.open ?? false
    readonly property bool switched: tile.shown.on ?? false
    readonly property bool badged: (tile.shown.icon ?? "") !== ""
    readonly property bool leads: open && !badged

    Accessible.checkable: (tile.shown.on ?? null) !== null
    Accessible.checked: switched
    choosable: open || what === "agency"
    explained: [tile.shown.office ?? "", tile.shown.note ?? ""].filter(one => one !== "").join(". ")
    ground: switched ? Theme.soft : open ? Theme.surface : Theme.ground
    name: tile.shown.name ?? ""
    rim: switched ? Theme.accent : Theme.line
    what: tile.shown.what ?? ""
    which: tile.shown.which ?? ""

    Rectangle {
        id: badge

        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(6)
        anchors.verticalCenter: parent.verticalCenter
        color: tile.switched ? Theme.accent : tile.open ? Theme.soft : Theme.sunken
        height: Theme.mm(20)
        radius: Theme.radius
        visible: tile.badged
        width: visible ? height : 0

        Icon {
            anchors.centerIn: parent
            color: tile.switched ? Theme.accentText : tile.open ? Theme.accent : Theme.quiet
            icon: tile.switched ? "check" : tile.shown.icon ?? ""
            size: Theme.mm(13)
        }
    }

    Column {
        anchors.left: tile.badged ? badge.right : parent.left
        anchors.leftMargin: Theme.mm(tile.badged ? 6 : 8)
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(tile.leads ? 20 : 5)
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
            maximumLineCount: 1
            text: tile.shown.office ?? ""
            visible: text !== ""
            width: parent.width
            Accessible.ignored: true
        }

        Row {
            spacing: Theme.mm(2.5)
            visible: note.text !== ""
            width: parent.width

            Icon {
                id: sign

                anchors.top: parent.top
                color: Theme.quiet
                icon: tile.shown.sign ?? ""
                size: Theme.mm(6.5)
                visible: icon !== ""
            }

            Label {
                id: note

                capitals: Theme.smallCapitals
                color: Theme.quiet
                weight: tile.open ? Theme.regular : Theme.strong
                text: tile.shown.note ?? ""
                width: parent.width - (sign.visible ? sign.width + parent.spacing : 0)
                Accessible.ignored: true
            }
        }
    }

    Icon {
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(7)
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accent
        directed: true
        icon: "next"
        size: Theme.mm(10)
        visible: tile.leads
    }
}
