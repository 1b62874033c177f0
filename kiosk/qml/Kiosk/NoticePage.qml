import QtQuick
import Antrean

/* One calm message in the middle. */
Item {
    id: page

    required property string icon
    required property string title
    required property string text

    Column {
        anchors.centerIn: parent
        spacing: Math.min(Theme.mm(8), page.height * 0.05)
        width: Math.min(parent.width, Theme.mm(230))

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.soft
            height: Math.min(Theme.mm(56), page.height * 0.3)
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
            capitals: Theme.titleCapitals
            weight: Theme.strong
            horizontalAlignment: Text.AlignHCenter
            objectName: "title"
            text: page.title
            width: parent.width
        }

        Label {
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.1
            text: page.text
            width: parent.width
        }
    }
}
