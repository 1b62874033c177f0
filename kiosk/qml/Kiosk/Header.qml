import QtQuick
import Antrean

/* The hall's name and its clock, above every page. */
Rectangle {
    id: header

    required property string hall
    required property string time

    color: Theme.accent

    Label {
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: clock.left
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        capitals: Theme.middleCapitals
        color: Theme.accentText
        weight: Theme.strong
        maximumLineCount: 2
        objectName: "hall"
        text: header.hall
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
