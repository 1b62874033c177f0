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

    Icon {
        anchors.horizontalCenter: field.horizontalCenter
        color: Theme.accent
        icon: "scan"
        size: Math.min(Theme.mm(56), (page.tall ? keyboard.y : page.height) - field.height - Theme.mm(20))
        visible: size > Theme.mm(20)
        y: field.height + ((page.tall ? keyboard.y : page.height) - field.height - size) / 2
    }

    Keyboard {
        id: keyboard

        anchors.bottom: parent.bottom
        anchors.left: page.tall ? parent.left : field.right
        anchors.leftMargin: page.tall ? 0 : Theme.gap
        anchors.right: parent.right
        entered: true
        height: Math.min(page.height - (page.tall ? Theme.mm(page.layout.search + page.layout.space) : 0), Theme.mm(122))
        rows: page.view.keys
    }
}
