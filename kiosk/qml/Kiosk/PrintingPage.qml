import QtQuick

/* The hall was asked for a ticket: stands where the ticket will stand. */
Item {
    id: page

    required property var ticket

    NoticePage {
        anchors.fill: parent
        icon: "printing"
        text: page.ticket.service ?? ""
        title: qsTr("Your ticket is being made")
    }
}
