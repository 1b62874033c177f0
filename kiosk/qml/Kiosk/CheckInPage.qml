import QtQuick
import Antrean

/* A booking: where to hold its code, and the keyboard to type it. */
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property bool tall: layout.tall

    Field {
        id: field

        anchors.left: parent.left
        anchors.top: parent.top
        empty: qsTr("Booking code")
        height: Theme.mm(page.layout.search)
        icon: "booking"
        typed: page.view.typed
        width: page.tall ? parent.width : Math.floor(parent.width * 0.44)
    }

    Rectangle {
        anchors.bottom: page.tall ? keyboard.top : parent.bottom
        anchors.bottomMargin: page.tall ? Theme.mm(page.layout.space) : 0
        anchors.left: field.left
        anchors.right: field.right
        anchors.top: field.bottom
        anchors.topMargin: Theme.mm(page.layout.space)
        color: Theme.sunken
        radius: Theme.radius
        visible: height > Theme.mm(24)

        Icon {
            anchors.centerIn: parent
            color: Theme.accent
            icon: "scan"
            size: Math.min(Theme.mm(64), parent.height - Theme.mm(10))
            visible: page.view.ordinary === ""
        }
    }

    Key {
        anchors.horizontalCenter: field.horizontalCenter
        anchors.top: field.bottom
        anchors.topMargin: Theme.mm(page.layout.space)
        capitals: Theme.smallCapitals
        icon: "slip"
        name: qsTr("Take an ordinary ticket")
        primary: true
        visible: page.view.ordinary !== ""
        what: "service"
        which: page.view.ordinary
    }

    Keyboard {
        id: keyboard

        anchors.bottom: parent.bottom
        anchors.left: page.tall ? parent.left : field.right
        anchors.leftMargin: page.tall ? 0 : Theme.gap
        anchors.right: parent.right
        entered: true
        height: Math.min(page.height - (page.tall ? Theme.mm(page.layout.search + page.layout.space) : 0), Theme.mm(page.tall ? 122 : 150))
        rows: page.view.keys
    }
}
