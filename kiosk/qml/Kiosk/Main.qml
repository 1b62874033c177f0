pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The kiosk's one window: shows the view it is given and says what was tapped. */
Window {
    id: window

    // Before anything is known of the hall.
    property var view: ({
            "page": "opening",
            "language": "",
            "languages": [],
            "hall": "",
            "time": "",
            "countdown": 0,
            "fresh": true,
            "title": "",
            "icon": "",
            "notice": "",
            "tiles": [],
            "columns": 1,
            "rows": 1,
            "sheet": 0,
            "sheets": 1,
            "ticket": ({})
        })
    property bool locked: false
    readonly property bool tall: height > width
    readonly property real space: Theme.mm(tall ? 8 : 6)

    signal touched
    signal agencyChosen(string code)
    signal serviceChosen(string code)
    signal turned(int sheet)
    signal spoken(string code)
    signal back
    signal startOver

    color: Theme.ground

    Header {
        id: header

        hall: window.view.hall
        height: Theme.mm(window.tall ? 30 : 24)
        time: window.view.time
        width: parent.width
    }

    Loader {
        anchors.bottom: footer.top
        anchors.bottomMargin: window.space
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.top: header.bottom
        anchors.topMargin: window.space
        sourceComponent: ({
                "agencies": agencies,
                "services": services,
                "printing": printing,
                "ticket": ticket,
                "shut": shut,
                "lost": lost
            })[window.view.page] ?? null
    }

    Footer {
        id: footer

        anchors.bottom: languages.top
        anchors.bottomMargin: window.space
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        countdown: window.view.countdown
        fresh: window.view.fresh
        page: window.view.page
        sheet: window.view.sheet
        sheets: window.view.sheets
        onBack: window.back()
        onStartOver: window.startOver()
        onTurned: sheet => window.turned(sheet)
    }

    Languages {
        id: languages

        anchors.bottom: parent.bottom
        anchors.bottomMargin: window.space
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        choices: window.view.languages
        onChosen: code => window.spoken(code)
    }

    StayBanner {
        anchors.bottom: footer.top
        anchors.bottomMargin: window.space
        anchors.left: footer.left
        anchors.right: footer.right
        countdown: window.view.countdown
        objectName: "stay"
        visible: countdown > 0 && window.view.page !== "ticket"
        onChosen: window.touched()
    }

    HoverHandler {
        cursorShape: window.locked ? Qt.BlankCursor : Qt.ArrowCursor
    }

    PointHandler {
        onActiveChanged: {
            if (active)
                window.touched();
        }
    }

    Component {
        id: agencies

        TilesPage {
            columns: window.view.columns
            hint: qsTr("Choose an agency.")
            icon: ""
            notice: ""
            rows: window.view.rows
            services: false
            tiles: window.view.tiles
            title: qsTr("What brings you here today?")
            onChosen: code => window.agencyChosen(code)
        }
    }

    Component {
        id: services

        TilesPage {
            columns: window.view.columns
            hint: qsTr("Choose a service to take a number.")
            icon: window.view.icon
            notice: window.view.notice
            rows: window.view.rows
            services: true
            tiles: window.view.tiles
            title: window.view.title
            onChosen: code => window.serviceChosen(code)
        }
    }

    Component {
        id: printing

        PrintingPage {
            ticket: window.view.ticket
        }
    }

    Component {
        id: ticket

        TicketPage {
            ticket: window.view.ticket
        }
    }

    Component {
        id: shut

        NoticePage {
            icon: "clock"
            text: qsTr("This screen is ready again as soon as tickets are given.")
            title: window.view.notice
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
