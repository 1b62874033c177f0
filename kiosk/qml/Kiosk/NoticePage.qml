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
        spacing: Theme.mm(8)
        width: Math.min(parent.width, Theme.mm(230))

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.soft
            height: Theme.mm(56)
            radius: height / 2
            width: height

            Icon {
                anchors.centerIn: parent
                color: Theme.accent
                icon: page.icon
                size: Theme.mm(30)
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
            capitals: Theme.bodyCapitals
            color: Theme.quiet
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1.1
            text: page.text
            width: parent.width
        }
    }
}
