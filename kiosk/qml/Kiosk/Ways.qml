import QtQuick
import Antrean

/* The other ways to a ticket: what it is about, typed; and a booking. */
Item {
    id: ways

    required property bool bookings

    Fitting {
        id: size

        boxHeight: ways.height - Theme.mm(4)
        boxWidth: Math.floor((ways.width - Theme.gap) / 2) - Theme.mm(32)
        largest: Theme.middleCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: [search.name, booking.name]
        weight: Theme.strong
    }

    SearchKey {
        id: search

        anchors.left: parent.left
        height: parent.height
        textSize: size.size
        width: ways.bookings ? Math.floor((ways.width - Theme.gap) / 2) : ways.width
    }

    Key {
        id: booking

        anchors.right: parent.right
        fontSize: size.size
        height: parent.height
        icon: "booking"
        name: qsTr("I have a booking")
        visible: ways.bookings
        what: "booking"
        width: search.width
        wrapped: true
    }
}
