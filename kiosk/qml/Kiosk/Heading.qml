import QtQuick
import Antrean

/* What the page asks, why the last answer could not be taken, and what to do. In the lower layout it stands alone above
   the limit, in the middle. */
Item {
    id: heading

    required property string title
    required property string hint
    required property string icon
    required property string notice
    required property bool lower

    Rectangle {
        id: badge

        anchors.left: parent.left
        anchors.verticalCenter: words.verticalCenter
        color: Theme.soft
        height: Theme.mm(24)
        radius: Theme.radius
        visible: heading.icon !== ""
        width: visible ? height : 0

        Icon {
            anchors.centerIn: parent
            color: Theme.accent
            icon: heading.icon
            size: Theme.mm(16)
        }
    }

    Column {
        id: words

        anchors.left: badge.right
        anchors.leftMargin: badge.visible ? Theme.mm(6) : 0
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(2.5)

        Fitting {
            id: size

            boxHeight: heading.height - hint.height - words.spacing
            boxWidth: words.width
            largest: Theme.titleCapitals
            smallest: Theme.middleCapitals / Theme.scale
            texts: [heading.title]
            weight: Theme.strong
        }

        Label {
            Accessible.role: Accessible.Heading
            font.pixelSize: size.size
            objectName: "title"
            text: heading.title
            visible: text !== ""
            weight: Theme.strong
            width: parent.width
        }

        Label {
            id: hint

            capitals: Theme.smallCapitals
            color: heading.notice === "" ? Theme.quiet : Theme.bad
            objectName: "hint"
            text: heading.notice === "" ? heading.hint : heading.notice
            visible: text !== ""
            weight: heading.notice === "" ? Theme.regular : Theme.strong
            width: parent.width
        }
    }
}
