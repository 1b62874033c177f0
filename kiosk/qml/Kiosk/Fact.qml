import QtQuick
import Antrean

/* One thing a visitor wants to know, with its icon: the value large, what it is below. */
Column {
    id: fact

    required property string icon
    required property string value
    required property string label
    property real capitals: Theme.bodyCapitals

    spacing: Theme.mm(2.5)

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.accent
        icon: fact.icon
        size: Theme.mm(11)
    }

    Label {
        capitals: fact.capitals
        weight: Theme.strong
        horizontalAlignment: Text.AlignHCenter
        text: fact.value
        width: parent.width
    }

    Label {
        capitals: Theme.smallCapitals
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
        text: fact.label
        width: parent.width
    }
}
