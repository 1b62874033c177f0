import QtQuick
import Antrean

/* The visitor's number, what to expect, and the way to follow it on a phone. Where the paper failed, the screen is the
   ticket: what to do stands first, and the code is larger. */
Item {
    id: page

    required property var ticket
    readonly property bool tall: height > width
    readonly property string slip: ticket.slip ?? "coming"
    readonly property bool paper: slip === "coming" || slip === "ready"

    SlipBanner {
        id: banner

        anchors.left: page.tall ? parent.left : card.right
        anchors.leftMargin: page.tall ? 0 : Theme.gap
        anchors.right: parent.right
        most: page.height * (page.tall ? 0.14 : 0.34)
        slip: page.slip
        y: page.paper && page.tall ? card.height + Theme.gap : 0
    }

    NumberCard {
        id: card

        anchors.left: parent.left
        height: page.tall ? page.height - banner.height - code.height - 2 * Theme.gap : page.height
        ticket: page.ticket
        width: page.tall ? page.width : Math.round(page.width * 0.58)
        y: page.tall && !page.paper ? banner.height + Theme.gap : 0
    }

    PhoneCard {
        id: code

        address: page.ticket.address ?? ""
        anchors.bottom: parent.bottom
        anchors.left: banner.left
        anchors.right: parent.right
        height: page.tall ? page.height * (page.paper || Theme.scale > 1 ? 0.28 : 0.32) : page.height - banner.height - Theme.gap
    }
}
