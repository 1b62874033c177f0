pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* For the technician: how each device is, and what can be done about it. */
Item {
    id: page

    required property var view

    Grid {
        id: devices

        readonly property real share: Math.floor((width - Theme.gap * (columns - 1)) / columns)

        columnSpacing: Theme.gap
        columns: page.view.layout.tall ? 1 : 3
        rowSpacing: Theme.gap
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
                width: devices.share

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

    Fitting {
        id: size

        boxHeight: Theme.touch - Theme.mm(4)
        boxWidth: acts.share - Theme.mm(24)
        largest: Theme.middleCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: acts.all.map(act => act.name)
        weight: Theme.strong
    }

    Grid {
        id: acts

        readonly property real share: Math.floor((page.width - Theme.gap * (columns - 1)) / columns)
        readonly property var all: [
            {
                "what": "test-print",
                "icon": "printing",
                "name": qsTr("Print a test page")
            },
            {
                "what": "quieter",
                "icon": "lower",
                "name": qsTr("Quieter")
            },
            {
                "what": "louder",
                "icon": "speech",
                "name": qsTr("Louder")
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

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        columnSpacing: Theme.gap
        columns: page.view.layout.tall ? 2 : 3
        rowSpacing: Theme.gap

        Repeater {
            model: acts.all

            Key {
                required property var modelData

                fontSize: size.size
                icon: modelData.icon
                name: modelData.name
                what: modelData.what
                width: acts.share
                wrapped: true
            }
        }
    }
}
