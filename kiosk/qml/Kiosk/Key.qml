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
    property real fontSize: Theme.capitals(capitals)
    property bool wrapped: false
    readonly property color ink: primary ? Theme.accentText : Theme.accent
    // With its word, shown or not: a narrow footer leaves words out.
    readonly property real wordWidth: Math.ceil(word.advanceWidth) + Theme.gap * 0.7 + Theme.mm(9) + 2 * Theme.padding

    ground: primary ? Theme.accent : Theme.surface
    groundPressed: primary ? Theme.pressed : Theme.soft
    implicitHeight: Theme.touch
    implicitWidth: Math.max(Theme.touch, face.width + 2 * Theme.padding)
    opacity: choosable ? 1 : 0
    rim: primary ? Theme.accent : Theme.edge

    TextMetrics {
        id: word

        font: words.font
        text: key.name
    }

    Row {
        id: face

        anchors.centerIn: parent
        layoutDirection: key.trailing ? Qt.RightToLeft : Qt.LeftToRight
        spacing: Theme.gap * 0.7

        Icon {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            color: key.ink
            directed: key.directed
            icon: key.icon
            size: Theme.mm(9)
            visible: key.icon !== ""
        }

        Label {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            color: key.ink
            font.pixelSize: key.fontSize
            weight: Theme.strong
            text: key.label
            visible: text !== ""
            width: key.wrapped ? Math.min(implicitWidth, key.width - 2 * Theme.mm(5) - (sign.visible ? sign.width + parent.spacing : 0)) : implicitWidth
            wrapMode: key.wrapped ? Text.WordWrap : Text.NoWrap
            Accessible.ignored: true
        }
    }
}
