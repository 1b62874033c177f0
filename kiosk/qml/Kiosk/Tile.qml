import QtQuick
import Antrean

/* One thing to choose: its icon, its name, and a note below: who waits, or why it cannot be chosen. */
Touchable {
    id: tile

    required property var shown
    required property real textSize
    required property real nameHeight
    required property real noteSize
    required property real noteHeight
    required property real badgeSize
    readonly property bool open: tile.shown.open ?? false
    readonly property bool switched: tile.shown.on ?? false
    readonly property bool badged: (tile.shown.icon ?? "") !== ""
    readonly property bool leads: open && !badged
    readonly property string office: tile.shown.office ?? ""
    readonly property string reason: tile.shown.note ?? ""

    choosable: open || what === "agency"
    explained: [tile.office, tile.shown.heard || tile.reason].filter(one => one !== "").join(". ")
    ground: switched ? Theme.soft : open ? Theme.surface : Theme.ground
    name: tile.shown.name ?? ""
    on: tile.shown.on ?? null
    rim: switched ? Theme.accent : Theme.line
    what: tile.shown.what ?? ""
    which: tile.shown.which ?? ""

    Rectangle {
        id: badge

        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(5)
        anchors.verticalCenter: parent.verticalCenter
        color: tile.switched ? Theme.accent : tile.open ? Theme.soft : Theme.sunken
        height: tile.badgeSize
        radius: Theme.radius
        visible: tile.badged
        width: visible ? height : 0

        Icon {
            anchors.centerIn: parent
            color: tile.switched ? Theme.accentText : tile.open ? Theme.accent : Theme.quiet
            icon: tile.switched ? "check" : tile.shown.icon ?? ""
            size: Math.round(tile.badgeSize * 0.66)
        }
    }

    Column {
        id: words

        anchors.left: tile.badged ? badge.right : parent.left
        anchors.leftMargin: Theme.mm(tile.badged ? 5 : 7)
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(tile.leads ? 18 : 4)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(1)

        Label {
            color: tile.open ? Theme.text : Theme.quiet
            font.pixelSize: tile.textSize
            objectName: "name"
            text: tile.name
            weight: Theme.medium
            width: parent.width
            within: tile.nameHeight
            Accessible.ignored: true
        }

        Row {
            spacing: Theme.mm(2)
            visible: tile.noteHeight > 0
            width: parent.width

            Icon {
                id: sign

                anchors.verticalCenter: tile.open ? parent.verticalCenter : undefined
                color: Theme.quiet
                icon: tile.shown.sign ?? ""
                size: Theme.mm(7)
                visible: icon !== ""
            }

            Label {
                color: Theme.quiet
                font.pixelSize: tile.noteSize
                objectName: "note"
                text: tile.open && tile.office !== "" && tile.reason !== "" ? tile.reason + " · " + tile.office : tile.reason
                weight: tile.open ? Theme.regular : Theme.strong
                width: parent.width - (sign.visible ? sign.width + parent.spacing : 0)
                within: tile.noteHeight
                Accessible.ignored: true
            }
        }
    }

    Icon {
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(5)
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accent
        directed: true
        icon: "next"
        size: Theme.mm(10)
        visible: tile.leads
    }
}
