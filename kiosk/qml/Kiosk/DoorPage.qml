pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The technician's PIN. */
Item {
    id: page

    required property var view
    readonly property var state_: view.ticket

    Column {
        anchors.centerIn: parent
        spacing: Theme.mm(8)
        width: Math.min(parent.width, Theme.mm(140))

        Field {
            empty: qsTr("PIN")
            height: Theme.touch
            icon: "tools"
            typed: page.view.typed
            width: parent.width
        }

        Label {
            capitals: Theme.smallCapitals
            color: Theme.bad
            text: page.state_.wait > 0 ? qsTr("Too many wrong PINs. Wait %1 s.").arg(page.state_.wait) : page.state_.wrong ? qsTr("That is not the PIN.") : ""
            width: parent.width
        }

        Grid {
            columnSpacing: Theme.gap
            columns: 3
            rowSpacing: Theme.gap

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "enter"]

                Key {
                    required property string modelData
                    readonly property bool digit: modelData.length === 1

                    icon: digit ? "" : modelData === "enter" ? "check" : "erase"
                    label: digit ? modelData : ""
                    name: digit ? modelData : modelData === "enter" ? qsTr("Continue") : qsTr("Erase")
                    primary: modelData === "enter"
                    what: digit ? "type" : modelData
                    which: digit ? modelData : ""
                    width: Math.floor((page.width > Theme.mm(140) ? Theme.mm(140) : page.width) / 3 - Theme.gap)
                }
            }
        }
    }
}
