import QtQuick
import Antrean

/* The hall's name on a quiet ground, never long in one place. */
Rectangle {
    id: page

    required property var view

    color: Theme.ground

    Label {
        readonly property int turn: page.view.sheet

        capitals: Theme.titleCapitals
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
        text: page.view.hall
        width: parent.width * 0.7
        x: (turn * 37) % Math.max(1, parent.width - width)
        y: (turn * 53) % Math.max(1, parent.height - height)
    }
}
