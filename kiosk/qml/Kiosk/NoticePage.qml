import QtQuick
import Antrean

/* One calm message in the middle. */
Item {
    id: page

    required property string icon
    required property string title
    required property string text

    Fitting {
        id: first

        boxHeight: page.height * 0.28
        boxWidth: words.width
        largest: Theme.titleCapitals
        smallest: Theme.middleCapitals / Theme.scale
        texts: [page.title]
        weight: Theme.strong
    }

    Fitting {
        id: then

        boxHeight: page.height * 0.34
        boxWidth: words.width
        smallest: Theme.smallCapitals / Theme.scale
        texts: [page.text]
    }

    Column {
        id: words

        anchors.centerIn: parent
        spacing: Math.min(Theme.mm(8), page.height * 0.05)
        width: Math.min(parent.width, Theme.mm(230) * Theme.scale)

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.soft
            height: Math.min(Theme.mm(56), Math.round(page.height * 0.26))
            radius: height / 2
            width: height

            Icon {
                anchors.centerIn: parent
                color: Theme.accent
                icon: page.icon
                size: Math.round(parent.height * 0.54)
            }
        }

        Label {
            font.pixelSize: first.size
            horizontalAlignment: Text.AlignHCenter
            objectName: "title"
            text: page.title
            weight: Theme.strong
            width: parent.width
            within: first.boxHeight
        }

        Label {
            color: Theme.quiet
            font.pixelSize: then.size
            horizontalAlignment: Text.AlignHCenter
            text: page.text
            width: parent.width
            within: then.boxHeight
        }
    }
}
