import QtQuick
import Antrean

/* Nobody is here: the hall's name and its clock on a quiet ground, never long in one place, and what a touch leads to. */
Rectangle {
    id: page

    required property var view
    readonly property int turn: view.sheet

    color: Theme.accent

    Column {
        readonly property real free: parent.height - height - Theme.mm(28)

        spacing: Theme.mm(10)
        width: parent.width - 2 * Theme.margin
        x: Theme.margin
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
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignHCenter
            maximumLineCount: 4
            objectName: "hall"
            text: page.view.hall
            weight: Theme.strong
            width: parent.width
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
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
                text: qsTr("Touch the screen to take a number")
                width: Math.min(implicitWidth, page.width - 2 * Theme.margin - Theme.mm(19))
            }
        }
    }
}
