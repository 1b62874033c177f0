pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The ways to a ticket: search and a booking where they do not stand beside the question, what people take most, and
   the agencies. */
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property bool tall: layout.tall
    readonly property bool grouped: view.popular.length > 0
    readonly property real column: Math.floor((width - Theme.gap * layout.agencies.columns) / (layout.agencies.columns + 1))

    Loader {
        id: ways

        active: !page.layout.beside
        height: active ? Theme.mm(page.layout.search) : 0
        width: parent.width

        sourceComponent: Ways {
            bookings: page.view.bookings
        }
    }

    Loader {
        id: most

        active: page.grouped
        anchors.left: parent.left
        anchors.top: ways.bottom
        anchors.topMargin: ways.active ? Theme.mm(page.layout.space) : 0
        height: page.tall ? Theme.mm(page.layout.label + page.layout.popular.rows * (page.layout.tile + 5) - 5) : parent.height - y
        width: page.tall ? parent.width : page.column

        sourceComponent: Group {
            columns: page.layout.popular.columns
            label: qsTr("Taken most")
            labelHeight: Theme.mm(page.layout.label)
            model: page.view.popular
            rows: page.layout.popular.rows
        }
    }

    Group {
        anchors.bottom: parent.bottom
        anchors.left: page.grouped && !page.tall ? most.right : parent.left
        anchors.leftMargin: page.grouped && !page.tall ? Theme.gap : 0
        anchors.right: parent.right
        anchors.top: page.grouped && page.tall ? most.bottom : ways.bottom
        anchors.topMargin: page.grouped && page.tall || ways.active ? Theme.mm(page.layout.space) : 0
        columns: page.view.columns
        label: page.grouped ? qsTr("Agencies") : ""
        labelHeight: Theme.mm(page.layout.label)
        model: page.view.tiles
        rows: page.view.rows
    }
}
