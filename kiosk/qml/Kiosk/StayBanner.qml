import QtQuick
import Antrean

/* The last seconds before the screen goes back to the start; touching it, or anything, stays. */
Touchable {
    id: banner

    required property int countdown

    ground: Theme.call
    groundPressed: Theme.call
    implicitHeight: Math.max(Theme.mm(30), words.height + 2 * Theme.mm(6))
    name: qsTr("Touch the screen to stay.")
    rim: Theme.call
    what: "stay"

    Label {
        id: seconds

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        capitals: 14
        color: Theme.callText
        horizontalAlignment: Text.AlignHCenter
        text: banner.countdown
        weight: Theme.strong
        width: Theme.mm(44) * Theme.scale
    }

    Column {
        id: words

        anchors.left: seconds.right
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(2)

        Label {
            color: Theme.callText
            text: banner.name
            weight: Theme.strong
            width: parent.width
            Accessible.ignored: true
        }

        Label {
            capitals: Theme.smallCapitals
            color: Theme.callText
            text: qsTr("Otherwise the screen goes back to the start.")
            width: parent.width
        }
    }
}
