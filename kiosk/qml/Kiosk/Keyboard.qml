pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The letters of a language, and below them space, erase, and the letters of another language or the key that says
   that all is typed. */
Item {
    id: keyboard

    required property var rows
    property string other: ""
    property bool entered: false
    readonly property int longest: Math.max(1, ...rows.map(row => row.length))
    readonly property real gap: Theme.mm(1.5)
    readonly property real keyWidth: Math.floor((width - gap * (longest - 1)) / longest)
    readonly property real keyHeight: Math.floor((height - gap * rows.length) / (rows.length + 1))

    Column {
        spacing: keyboard.gap
        width: parent.width

        Repeater {
            model: keyboard.rows.length

            Row {
                id: row

                required property int index
                readonly property var letters: keyboard.rows[index] ?? []

                anchors.horizontalCenter: parent.horizontalCenter
                // Letters have their places whatever way a language runs.
                LayoutMirroring.enabled: false
                spacing: keyboard.gap
                z: letters.some(letter => Taps.at === "type-" + letter.types) ? 1 : 0

                Repeater {
                    model: row.letters.length

                    Key {
                        required property int index
                        readonly property var letter: row.letters[index] ?? ({})

                        height: keyboard.keyHeight
                        name: letter.shows ?? ""
                        what: "type"
                        which: letter.types ?? ""
                        width: keyboard.keyWidth
                    }
                }
            }
        }

        Row {
            id: last

            readonly property real side: Math.max(Theme.touch, Math.floor(keyboard.width * 0.22))

            spacing: keyboard.gap
            width: parent.width

            Key {
                height: keyboard.keyHeight
                name: qsTr("Other letters")
                label: keyboard.other
                visible: keyboard.other !== ""
                what: "switch"
                width: last.side
            }

            Key {
                height: keyboard.keyHeight
                name: qsTr("Space")
                what: "type"
                which: " "
                width: keyboard.width - last.side * (keyboard.other !== "" ? 1 : 0) - last.side * (keyboard.entered ? 2 : 1) - keyboard.gap * (keyboard.other !== "" ? 2 : keyboard.entered ? 2 : 1)
            }

            Key {
                height: keyboard.keyHeight
                icon: "erase"
                label: ""
                name: qsTr("Erase")
                what: "erase"
                width: last.side
            }

            Key {
                height: keyboard.keyHeight
                icon: "check"
                label: ""
                name: qsTr("Continue")
                primary: true
                visible: keyboard.entered
                what: "enter"
                width: last.side
            }
        }
    }
}
