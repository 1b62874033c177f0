pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* Never seen: keeps each cut of the font that a call may need in memory. A cut that no text uses is forgotten, and to make
   it anew while somebody waits for the frame takes Qt tens of milliseconds. */
Item {
    id: cuts

    required property var sizes
    readonly property var letters: [[sizes.shared, 700], [sizes.lone, 700], [sizes.label, 500], [sizes.recent, 650], [sizes.recent, 400]]

    visible: false

    Repeater {
        model: cuts.letters.length * 4

        Text {
            required property int index
            readonly property var letter: cuts.letters[Math.floor(index / 4)]

            font.family: Theme.family
            font.pixelSize: letter[0]
            font.variableAxes: ({
                    wght: letter[1],
                    wdth: [100, 87, 75, 62][index % 4]
                })
            renderType: Text.QtRendering
            text: "0"
        }
    }
}
