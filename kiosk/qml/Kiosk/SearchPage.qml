import QtQuick
import Antrean

/* A search while it is typed: the field, what it finds, and the keyboard below (beside it on a wide screen). */
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property bool tall: layout.tall

    Field {
        id: field

        anchors.left: parent.left
        anchors.top: parent.top
        empty: qsTr("Search for a service")
        height: Theme.mm(page.layout.search)
        icon: "search"
        typed: page.view.typed
        width: page.tall ? parent.width : Math.floor(parent.width * 0.44)
    }

    Tiles {
        id: found

        anchors.bottom: page.tall ? keyboard.top : parent.bottom
        anchors.bottomMargin: page.tall ? Theme.mm(page.layout.space) : 0
        anchors.left: parent.left
        anchors.right: field.right
        anchors.top: field.bottom
        anchors.topMargin: Theme.mm(page.layout.space)
        columns: page.view.columns
        model: page.view.tiles
        rows: page.view.rows
    }

    Column {
        anchors.horizontalCenter: field.horizontalCenter
        anchors.verticalCenter: found.verticalCenter
        spacing: Theme.mm(5)
        visible: page.view.tiles.length === 0 && page.view.typed.trim() !== ""
        width: field.width

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.accent
            icon: "search"
            size: Math.min(Theme.mm(30), found.height * 0.35)
        }

        Label {
            horizontalAlignment: Text.AlignHCenter
            objectName: "nothing"
            text: qsTr("Nothing found. Try another word.")
            weight: Theme.medium
            width: parent.width
        }
    }

    Keyboard {
        id: keyboard

        anchors.bottom: parent.bottom
        anchors.left: page.tall ? parent.left : field.right
        anchors.leftMargin: page.tall ? 0 : Theme.gap
        anchors.right: parent.right
        height: Theme.mm(page.layout.keyboard)
        other: page.view.otherKeys
        rows: page.view.keys
    }
}
