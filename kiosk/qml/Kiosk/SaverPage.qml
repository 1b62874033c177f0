import QtQuick
import Antrean

/* Nobody is here: the hall's pictures, or its clock and its name, and what a touch leads to. Nothing stands long in one
   place, and nothing moves while it is looked at. */
Rectangle {
    id: page

    required property var view
    readonly property int turn: view.sheet
    readonly property bool pictured: view.picture !== ""

    color: pictured ? Theme.ground : Theme.accent

    Image {
        anchors.fill: parent
        asynchronous: true
        cache: false
        fillMode: Image.PreserveAspectFit
        source: page.view.picture
        // No larger in memory than on the screen.
        sourceSize: Qt.size(page.width, page.height)
        onStatusChanged: {
            if (status === Image.Error)
                Taps.unreadable(source);
        }
    }

    Column {
        readonly property real free: page.height - height - Theme.mm(70)

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        spacing: Theme.mm(10)
        visible: !page.pictured
        y: Theme.mm(14) + (page.turn * 53 + Math.floor(free * 0.38)) % Math.max(1, free)

        Label {
            capitals: 34 / Theme.scale
            color: Theme.accentText
            font.features: {
                "tnum": 1
            }
            horizontalAlignment: Text.AlignHCenter
            objectName: "clock"
            text: page.view.time
            visible: text !== ""
            weight: Theme.medium
            width: parent.width
            wrapMode: Text.NoWrap
        }

        Label {
            capitals: Theme.titleCapitals
            color: Theme.accentText
            horizontalAlignment: Text.AlignHCenter
            objectName: "hall"
            text: page.view.hall
            weight: Theme.strong
            width: parent.width
            within: font.pixelSize * 5.2
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        color: Theme.accent
        height: invitation.height + 2 * Theme.mm(12)

        Row {
            id: invitation

            anchors.centerIn: parent
            spacing: Theme.mm(5)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.accentText
                icon: "slip"
                size: Theme.mm(14)
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.accentText
                text: qsTr("Touch the screen to take a number.")
                width: Math.min(implicitWidth, page.width - 2 * Theme.margin - Theme.mm(19))
            }
        }
    }
}
