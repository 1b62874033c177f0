import QtQuick
import Antrean

/* What has become of the paper, and what the visitor does now. */
Rectangle {
    id: banner

    required property string slip
    // At most so high.
    required property real most
    readonly property bool paper: slip === "coming" || slip === "ready"
    readonly property color ink: paper ? Theme.text : Theme.callText

    color: paper ? Theme.soft : Theme.call
    implicitHeight: Math.max(Theme.mm(26), words.height + 2 * Theme.mm(5))
    radius: Theme.radius

    Fitting {
        id: act

        boxHeight: (banner.most - Theme.mm(12)) * 0.5
        boxWidth: words.width
        largest: banner.paper ? Theme.bodyCapitals : Theme.titleCapitals
        smallest: Theme.middleCapitals / Theme.scale
        texts: [banner.slip === "coming" ? qsTr("Your slip is being printed") : banner.slip === "ready" ? qsTr("Take your slip") : qsTr("Photograph this screen")]
        weight: Theme.strong
    }

    Fitting {
        id: reason

        boxHeight: (banner.most - Theme.mm(12)) * 0.5
        boxWidth: words.width
        largest: Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [banner.paper ? qsTr("You will be called by this number.") : banner.slip === "failed" ? qsTr("The slip could not be printed. Staff have been told. Your number is valid.") : qsTr("There is no paper slip here. Your number is valid.")]
    }

    Icon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        color: banner.paper ? Theme.accent : Theme.callText
        icon: banner.slip === "coming" ? "printing" : banner.slip === "ready" ? "slip" : "camera"
        size: Theme.mm(banner.paper ? 16 : 20)
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
            color: banner.ink
            font.pixelSize: act.size
            objectName: "slip"
            text: act.texts[0]
            weight: Theme.strong
            width: parent.width
        }

        Label {
            color: banner.ink
            font.pixelSize: reason.size
            text: reason.texts[0]
            width: parent.width
        }
    }
}
