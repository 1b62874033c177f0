pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The technician's PIN. */
Item {
    id: page

    required property var view
    readonly property var told: view.ticket
    readonly property bool tall: view.layout.tall

    Field {
        id: field

        anchors.left: parent.left
        anchors.top: parent.top
        empty: qsTr("PIN")
        height: Theme.mm(page.view.layout.search)
        icon: "tools"
        typed: page.view.typed
        width: page.tall ? parent.width : Math.floor(parent.width * 0.44)
    }

    Label {
        id: wrong

        anchors.left: field.left
        anchors.right: field.right
        anchors.top: field.bottom
        anchors.topMargin: Theme.gap
        capitals: Theme.middleCapitals
        color: Theme.bad
        text: page.told.wait > 0 ? qsTr("Too many wrong PINs. Wait %1 s.").arg(page.told.wait) : page.told.wrong ? qsTr("That is not the PIN.") : ""
        weight: Theme.strong
    }

    Grid {
        id: pad

        readonly property real place: page.tall ? page.height - field.height - Theme.mm(28) * Theme.scale : page.height
        readonly property real keyHeight: Math.min(Theme.mm(34), Math.floor((place - 3 * Theme.gap) / 4))
        readonly property real keyWidth: Math.floor(((page.tall ? page.width : page.width - field.width - Theme.gap) - 2 * Theme.gap) / 3)

        anchors.top: page.tall ? wrong.top : parent.top
        anchors.topMargin: page.tall ? Theme.mm(28) * Theme.scale - Theme.gap : 0
        columnSpacing: Theme.gap
        columns: 3
        layoutDirection: Qt.LeftToRight
        rowSpacing: Theme.gap
        x: page.tall || page.view.mirrored ? 0 : page.width - width
        // Digits have their places whatever way a language runs.
        LayoutMirroring.enabled: false

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "enter"]

            Key {
                required property string modelData
                readonly property bool digit: modelData.length === 1

                capitals: Theme.bodyCapitals
                height: pad.keyHeight
                icon: digit ? "" : modelData === "enter" ? "check" : "erase"
                label: digit ? modelData : ""
                name: digit ? modelData : modelData === "enter" ? qsTr("Continue") : qsTr("Erase")
                primary: modelData === "enter"
                what: digit ? "type" : modelData
                which: digit ? modelData : ""
                width: pad.keyWidth
            }
        }
    }
}
