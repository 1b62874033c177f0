pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* For the technician: how each device is, and what can be done about it. */
Item {
    id: page

    required property var view

    Column {
        id: devices

        spacing: Theme.gap
        width: parent.width

        Repeater {
            model: page.view.devices

            Rectangle {
                id: device

                required property var modelData

                border.color: modelData.well ? Theme.line : Theme.bad
                border.width: modelData.well ? Theme.hairline : Theme.outline
                color: Theme.surface
                height: Math.max(Theme.mm(22), words.height + Theme.mm(8))
                radius: Theme.radius
                width: devices.width

                Icon {
                    id: sign

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.padding
                    anchors.verticalCenter: parent.verticalCenter
                    color: device.modelData.well ? Theme.good : Theme.bad
                    icon: device.modelData.well ? "check" : "closed"
                    size: Theme.mm(10)
                }

                Column {
                    id: words

                    anchors.left: sign.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.padding
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.mm(1.5)

                    Label {
                        capitals: Theme.middleCapitals
                        text: device.modelData.name
                        weight: Theme.strong
                        width: parent.width
                    }

                    Label {
                        capitals: Theme.smallCapitals
                        color: device.modelData.well ? Theme.quiet : Theme.bad
                        text: device.modelData.state
                        width: parent.width
                    }
                }
            }
        }
    }

    Grid {
        anchors.bottom: parent.bottom
        columnSpacing: Theme.gap
        columns: page.width > page.height ? 4 : 2
        rowSpacing: Theme.gap

        Repeater {
            model: [
                {
                    "what": "test-print",
                    "icon": "printing",
                    "name": qsTr("Print a test page")
                },
                {
                    "what": "restart",
                    "icon": "start",
                    "name": qsTr("Restart the kiosk")
                },
                {
                    "what": "leave",
                    "icon": "closed",
                    "name": qsTr("Leave the kiosk")
                }
            ]

            Key {
                required property var modelData

                capitals: Theme.smallCapitals
                icon: modelData.icon
                name: modelData.name
                what: modelData.what
                width: Math.floor((page.width - Theme.gap * (page.width > page.height ? 3 : 1)) / (page.width > page.height ? 4 : 2))
            }
        }
    }
}
