import QtQuick
import Antrean

/* The hall's pictures, or its name on a quiet ground; nothing stands long in one place, and nothing moves while it is
   looked at. */
Rectangle {
    id: page

    required property var view
    readonly property int turn: view.sheet

    color: Theme.ground

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

    Rectangle {
        color: page.view.picture === "" ? page.color : Theme.accent
        height: words.height + Theme.mm(24)
        radius: Theme.radius
        width: words.width + Theme.mm(24)
        x: Math.round((page.turn * 37) % 100 / 100 * Math.max(0, page.width - width))
        y: page.view.picture === "" ? Math.round((page.turn * 53) % 100 / 100 * Math.max(0, page.height - height)) : page.height - height - Theme.margin

        Column {
            id: words

            anchors.centerIn: parent
            spacing: Theme.mm(4)
            width: page.width * 0.62

            Label {
                capitals: Theme.titleCapitals
                color: page.view.picture === "" ? Theme.text : Theme.accentText
                horizontalAlignment: Text.AlignHCenter
                text: page.view.hall
                visible: page.view.picture === ""
                weight: Theme.strong
                width: parent.width
            }

            Label {
                color: page.view.picture === "" ? Theme.quiet : Theme.accentText
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Touch the screen to take a number.")
                width: parent.width
            }
        }
    }
}
