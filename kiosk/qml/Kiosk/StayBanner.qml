import QtQuick
import Antrean

/* The last seconds before the screen goes back to the start; touching it, or anything, stays. */
Touchable {
    id: banner

    required property int countdown

    Accessible.role: Accessible.AlertMessage
    explained: otherwise.text
    ground: Theme.call
    groundPressed: Theme.call
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
        Accessible.ignored: true
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
            id: otherwise

            capitals: Theme.smallCapitals
            color: Theme.callText
            Accessible.ignored: true
            text: qsTr("Otherwise the screen goes back to the start.")
            width: parent.width
        }
    }
}
