import QtQuick
import Antrean

/* The hall's logo, name, welcome and clock, above every page. */
Rectangle {
    id: header

    required property string hall
    required property string time
    required property string welcome
    required property url logo

    color: Theme.accent

    Rectangle {
        id: plate

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        // A logo may have any colour: it stands on the ground it was drawn for.
        color: Theme.logoGround
        height: parent.height - Theme.mm(6)
        radius: Theme.radius
        visible: mark.status === Image.Ready
        width: visible ? Math.min(Theme.mm(60), Math.max(height, mark.sourceSize.width * (height - Theme.mm(3)) / Math.max(1, mark.sourceSize.height) + Theme.mm(4))) : 0

        Image {
            id: mark

            Accessible.ignored: true
            anchors.fill: parent
            anchors.leftMargin: Theme.mm(2)
            anchors.rightMargin: Theme.mm(2)
            anchors.bottomMargin: Theme.mm(1.5)
            anchors.topMargin: Theme.mm(1.5)
            fillMode: Image.PreserveAspectFit
            mipmap: true
            objectName: "logo"
            source: header.logo
        }
    }

    Column {
        id: words

        anchors.left: plate.right
        anchors.leftMargin: plate.visible ? Theme.mm(6) : 0
        anchors.right: clock.left
        anchors.rightMargin: Theme.mm(6)
        anchors.verticalCenter: parent.verticalCenter

        Label {
            color: Theme.accentText
            font.pixelSize: name.size
            objectName: "hall"
            text: header.hall
            weight: Theme.strong
            width: parent.width
            within: name.boxHeight
        }

        Label {
            color: Theme.accentText
            font.pixelSize: greeting.size
            objectName: "welcome"
            text: header.welcome
            visible: text !== ""
            width: parent.width
            within: greeting.boxHeight
        }
    }

    Fitting {
        id: name

        boxHeight: header.height - Theme.mm(3) - (header.welcome === "" ? 0 : greeting.boxHeight)
        boxWidth: words.width
        largest: Theme.middleCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [header.hall]
        weight: Theme.strong
    }

    Fitting {
        id: greeting

        boxHeight: Theme.mm(10)
        boxWidth: words.width
        largest: Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [header.welcome]
    }

    Label {
        id: clock

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        capitals: Theme.titleCapitals
        color: Theme.accentText
        font.features: {
            "tnum": 1
        }
        objectName: "clock"
        text: header.time
        wrapMode: Text.NoWrap
    }
}
