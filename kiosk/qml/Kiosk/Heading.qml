import QtQuick
import Antrean

/* What the page asks, why the last answer could not be taken, and what to do. In the lower layout it stands alone above
   the limit, in the middle, and larger: there is room. */
Item {
    id: heading

    required property string title
    required property string hint
    required property string icon
    required property string notice
    required property bool lower
    // Says, on the first page, that numbers come on the screen.
    required property bool unprinted

    Rectangle {
        id: badge

        anchors.left: parent.left
        anchors.verticalCenter: words.verticalCenter
        color: Theme.soft
        height: Math.min(heading.height, Theme.mm(heading.lower ? 36 : 26))
        radius: Theme.radius
        visible: heading.icon !== ""
        width: visible ? height : 0

        Icon {
            anchors.centerIn: parent
            color: Theme.accent
            icon: heading.icon
            size: Math.round(badge.height * 0.66)
        }
    }

    Fitting {
        id: title

        boxHeight: heading.height - words.spacing - Math.min(hint.lines * hint.size * 1.3 + 1, hint.boxHeight)
        boxWidth: words.width
        largest: heading.lower ? 13 : Theme.titleCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [heading.title]
        weight: Theme.strong
    }

    Fitting {
        id: hint

        boxHeight: heading.height * 0.5
        boxWidth: words.width - (sign.visible ? sign.width + Theme.mm(3) : 0)
        largest: heading.lower ? Theme.bodyCapitals : heading.unprinted ? Theme.middleCapitals : Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [heading.notice === "" ? heading.hint : heading.notice]
        weight: heading.notice === "" && !heading.unprinted ? Theme.regular : Theme.strong
    }

    Column {
        id: words

        anchors.left: badge.right
        anchors.leftMargin: badge.visible ? Theme.mm(6) : 0
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(2)

        Label {
            Accessible.role: Accessible.Heading
            font.pixelSize: title.size
            objectName: "title"
            text: heading.title
            visible: text !== ""
            weight: Theme.strong
            width: parent.width
            within: title.boxHeight
        }

        Row {
            spacing: Theme.mm(3)
            width: parent.width

            Icon {
                id: sign

                anchors.verticalCenter: parent.verticalCenter
                color: Theme.warn
                icon: "camera"
                size: Theme.mm(9)
                visible: heading.unprinted && heading.notice === ""
            }

            Label {
                color: heading.notice !== "" ? Theme.bad : heading.unprinted ? Theme.warn : Theme.quiet
                font.pixelSize: hint.size
                objectName: "hint"
                text: hint.texts[0]
                visible: text !== ""
                weight: hint.weight
                width: hint.boxWidth
                within: hint.boxHeight
            }
        }
    }
}
