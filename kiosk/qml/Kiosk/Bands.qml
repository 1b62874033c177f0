pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The bands of an ordinary page, from the hall's name down to the languages. */
Item {
    id: bands

    required property var view
    readonly property var layout: view.layout
    readonly property bool headed: view.title !== ""
    // On the first page: in the header where it is wide enough, else below the question.
    readonly property string welcome: view.page === "agencies" ? view.welcome : ""
    readonly property real inner: width - 2 * Theme.margin

    Header {
        id: header

        hall: bands.view.hall
        height: Theme.mm(bands.layout.header)
        logo: bands.view.logo
        time: bands.view.time
        welcome: bands.layout.tall ? "" : bands.welcome
        width: parent.width
    }

    Heading {
        id: heading

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.top: header.bottom
        anchors.topMargin: Theme.mm(bands.layout.space)
        height: Theme.mm(bands.layout.heading)
        hint: bands.layout.tall && bands.view.paper && bands.welcome !== "" ? bands.welcome : bands.view.hint
        icon: bands.view.icon
        lower: bands.view.lower
        notice: bands.view.notice
        title: bands.view.title
        unprinted: !bands.view.paper && bands.view.page === "agencies"
        visible: bands.headed
        width: ways.active ? bands.inner - ways.width - Theme.gap : bands.inner
    }

    Loader {
        id: ways

        active: bands.layout.beside && bands.view.page === "agencies"
        anchors.right: footer.right
        anchors.verticalCenter: heading.verticalCenter
        height: Theme.mm(bands.layout.search)
        width: Math.floor(bands.inner * 0.54)

        sourceComponent: Ways {
            bookings: bands.view.bookings
        }
    }

    Loader {
        anchors.bottom: footer.top
        anchors.bottomMargin: Theme.mm(bands.layout.space)
        anchors.left: footer.left
        anchors.right: footer.right
        anchors.top: bands.headed ? heading.bottom : header.bottom
        anchors.topMargin: Theme.mm(bands.layout.space)
        sourceComponent: ({
                "agencies": start,
                "services": tiles,
                "asking": tiles,
                "easier": tiles,
                "search": search,
                "check-in": checkIn,
                "printing": printing,
                "ticket": ticket,
                "shut": shut,
                "lost": lost,
                "door": door,
                "workshop": workshop
            })[bands.view.page] ?? null
    }

    Footer {
        id: footer

        anchors.bottom: bar.top
        anchors.bottomMargin: Theme.mm(bands.layout.space)
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        view: bands.view
    }

    Bar {
        id: bar

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(bands.layout.space)
        anchors.left: footer.left
        anchors.right: footer.right
        choices: bands.view.languages
        columns: bands.layout.language_columns
        height: Theme.mm(bands.layout.languages)
    }

    StayBanner {
        // Over the keys, whole: no choice is half covered, and a finger anywhere stays.
        anchors.bottom: bar.bottom
        anchors.left: footer.left
        anchors.right: footer.right
        anchors.top: footer.top
        countdown: bands.view.countdown
        visible: countdown > 0 && bands.view.page !== "ticket"
    }

    Component {
        id: start

        StartPage {
            view: bands.view
        }
    }

    Component {
        id: tiles

        TilesPage {
            view: bands.view
        }
    }

    Component {
        id: search

        SearchPage {
            view: bands.view
        }
    }

    Component {
        id: checkIn

        CheckInPage {
            view: bands.view
        }
    }

    Component {
        id: printing

        PrintingPage {
            ticket: bands.view.ticket
        }
    }

    Component {
        id: ticket

        TicketPage {
            ticket: bands.view.ticket
        }
    }

    Component {
        id: door

        DoorPage {
            view: bands.view
        }
    }

    Component {
        id: workshop

        WorkshopPage {
            view: bands.view
        }
    }

    Component {
        id: shut

        NoticePage {
            icon: "clock"
            text: [bands.view.hint, qsTr("This screen is ready again as soon as tickets are given.")].filter(one => one !== "").join("\n")
            title: bands.view.notice
        }
    }

    Component {
        id: lost

        NoticePage {
            icon: "lost"
            text: qsTr("The ticket machine cannot reach the queue just now. It comes back by itself. Please ask the staff for a number if you are in a hurry.")
            title: qsTr("One moment, please")
        }
    }
}
