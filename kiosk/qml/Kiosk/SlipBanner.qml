import QtQuick
import Antrean

/* What has become of the paper, and what the visitor does now. */
Rectangle {
    id: banner

    required property string slip
    readonly property bool paper: slip === "coming" || slip === "ready"

    color: paper ? Theme.soft : Theme.call
    implicitHeight: words.height + 2 * Theme.mm(7)
    radius: Theme.radius

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        color: banner.paper ? Theme.accent : Theme.callText
        icon: banner.slip === "coming" ? "printing" : banner.slip === "ready" ? "slip" : "camera"
        size: Theme.mm(16)
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.padding
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(2)

        Label {
            color: banner.paper ? Theme.text : Theme.callText
            weight: Theme.strong
            objectName: "slip"
            text: banner.slip === "coming" ? qsTr("Your slip is being printed") : banner.slip === "ready" ? qsTr("Take your slip") : qsTr("Photograph this screen")
            width: parent.width
        }

        Label {
            capitals: Theme.smallCapitals
            color: banner.paper ? Theme.text : Theme.callText
            text: banner.paper ? qsTr("You will be called by this number.") : banner.slip === "failed" ? qsTr("The slip could not be printed. Staff have been told. Your number is valid.") : qsTr("There is no paper slip here. Your number is valid.")
            width: parent.width
        }
    }
}
