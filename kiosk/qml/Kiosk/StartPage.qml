import QtQuick
import Antrean

/* The ways to a ticket: search, a booking, what people take most, and the agencies. */
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property bool tall: layout.tall
    readonly property bool grouped: view.popular.length > 0

    Row {
        id: ways

        height: Theme.mm(page.layout.search)
        spacing: Theme.gap
        width: parent.width

        SearchKey {
            height: parent.height
            width: parent.width - (booking.visible ? booking.width + parent.spacing : 0)
        }

        Key {
            id: booking

            height: parent.height
            icon: "booking"
            name: qsTr("I have a booking")
            visible: page.view.bookings
            what: "booking"
        }
    }

    Group {
        id: most

        anchors.left: parent.left
        anchors.top: ways.bottom
        anchors.topMargin: Theme.mm(page.layout.space)
        columns: page.layout.popular.columns
        height: page.tall ? Theme.mm(page.layout.label + page.layout.popular.rows * (page.layout.tile + 5) - 5) : parent.height - ways.height - Theme.mm(page.layout.space)
        label: qsTr("Taken most")
        labelHeight: Theme.mm(page.layout.label)
        model: page.view.popular
        rows: page.layout.popular.rows
        visible: page.grouped
        width: page.tall ? parent.width : Math.floor((parent.width - Theme.gap * page.layout.agencies.columns) / (page.layout.agencies.columns + 1))
    }

    Group {
        anchors.bottom: parent.bottom
        anchors.left: page.grouped && !page.tall ? most.right : parent.left
        anchors.leftMargin: page.grouped && !page.tall ? Theme.gap : 0
        anchors.right: parent.right
        anchors.top: page.grouped && page.tall ? most.bottom : ways.bottom
        anchors.topMargin: Theme.mm(page.layout.space)
        columns: page.view.columns
        label: page.grouped ? qsTr("Agencies") : ""
        labelHeight: Theme.mm(page.layout.label)
        model: page.view.tiles
        rows: page.view.rows
    }
}
