import QtQuick
import Antrean

/* The code of the ticket's page, as large as the card, and what it is for. */
Rectangle {
    id: card

    required property string address

    border.color: Theme.line
    border.width: Theme.hairline
    color: Theme.surface
    radius: Theme.radius

    Image {
        id: code

        // Whole dots, and a white rim that the code itself brings.
        readonly property real most: Math.floor(Math.min(card.height - 2 * Theme.mm(3), card.width * 0.56))

        Accessible.name: qsTr("Code for your phone")
        Accessible.role: Accessible.Graphic
        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(4)
        anchors.verticalCenter: parent.verticalCenter
        objectName: "code"
        smooth: false
        source: card.address === "" ? "" : "image://code/" + card.address
        sourceSize: Qt.size(most, most)
    }

    Fitting {
        id: act

        boxHeight: (card.height - Theme.mm(36)) * 0.6
        boxWidth: words.width
        smallest: Theme.middleCapitals / Theme.scale
        texts: [qsTr("Follow your place on your phone")]
        weight: Theme.strong
    }

    Fitting {
        id: way

        boxHeight: (card.height - Theme.mm(36)) * 0.5
        boxWidth: words.width
        largest: Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [qsTr("Scan this code with your camera.")]
    }

    Column {
        id: words

        anchors.left: code.right
        anchors.leftMargin: Theme.mm(4)
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(3)

        Icon {
            anchors.left: parent.left
            color: Theme.accent
            icon: "phone"
            size: Theme.mm(16)
        }

        Label {
            font.pixelSize: act.size
            text: act.texts[0]
            weight: Theme.strong
            width: parent.width
        }

        Label {
            color: Theme.quiet
            font.pixelSize: way.size
            text: way.texts[0]
            width: parent.width
        }
    }
}
