import QtQuick
import Antrean

/* A button with an icon, a word, or both. */
Touchable {
    id: key

    property string icon: ""
    property string label: name
    property bool trailing: false
    property bool directed: false
    property bool primary: false
    property real capitals: Theme.middleCapitals
    readonly property color ink: primary ? Theme.accentText : Theme.accent

    ground: primary ? Theme.accent : Theme.surface
    groundPressed: primary ? Theme.pressed : Theme.soft
    implicitHeight: Theme.touch
    implicitWidth: Math.max(Theme.touch, face.width + 2 * Theme.padding)
    opacity: choosable ? 1 : 0
    rim: primary ? Theme.accent : Theme.edge

    Row {
        id: face

        anchors.centerIn: parent
        layoutDirection: key.trailing ? Qt.RightToLeft : Qt.LeftToRight
        spacing: Theme.gap * 0.7

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            color: key.ink
            directed: key.directed
            icon: key.icon
            size: Theme.mm(9)
            visible: key.icon !== ""
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            capitals: key.capitals
            color: key.ink
            weight: Theme.strong
            text: key.label
            visible: text !== ""
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
