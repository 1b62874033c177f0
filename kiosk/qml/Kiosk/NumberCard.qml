pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The number, as large as its card leaves room for, what it is for, and what to expect. */
Rectangle {
    id: card

    required property var ticket
    readonly property bool large: Theme.scale > 1
    readonly property real inner: width - 2 * Theme.padding
    readonly property bool known: (ticket.wait ?? "") !== ""
    readonly property var values: [ticket.ahead ?? "", known ? ticket.wait : "–", ticket.place ?? ""]
    readonly property var labels: [ticket.aheadLabel ?? "", known ? qsTr("estimated wait") : qsTr("The wait is not known yet"), qsTr("wait here")]

    border.color: Theme.line
    border.width: Theme.hairline
    color: Theme.surface
    radius: Theme.radius

    Label {
        id: yours

        anchors.horizontalCenter: parent.horizontalCenter
        capitals: Theme.middleCapitals
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("Your number")
        width: card.inner
        y: Theme.mm(4)
    }

    Item {
        id: place

        anchors.bottom: service.top
        anchors.left: service.left
        anchors.right: service.right
        anchors.top: yours.bottom

        Label {
            id: number

            readonly property real dots: Math.min(place.height * 0.78, Theme.mm(64)) / Theme.capital

            anchors.centerIn: parent
            // Where capitals stand in their line: a little below its middle.
            anchors.verticalCenterOffset: -font.pixelSize * 0.03
            color: Theme.accent
            font.pixelSize: Math.max(1, Math.floor(dots * Math.min(1, place.width / Math.max(1, wide.advanceWidth / 100 * dots))))
            horizontalAlignment: Text.AlignHCenter
            objectName: "number"
            text: card.ticket.number ?? ""
            weight: Theme.strong
            wrapMode: Text.NoWrap

            TextMetrics {
                id: wide

                font.family: number.font.family
                font.pixelSize: 100
                font.variableAxes: number.font.variableAxes
                text: number.text
            }
        }
    }

    Fitting {
        id: what

        boxHeight: card.height * 0.18
        boxWidth: card.inner
        texts: [card.ticket.service ?? ""]
        smallest: Theme.smallCapitals / Theme.scale
        weight: Theme.strong
    }

    Label {
        id: service

        anchors.bottom: card.large ? rule.top : agency.top
        anchors.bottomMargin: Theme.mm(card.large ? 4 : 1.5)
        anchors.horizontalCenter: parent.horizontalCenter
        font.pixelSize: what.size
        horizontalAlignment: Text.AlignHCenter
        objectName: "ticket-service"
        text: card.ticket.service ?? ""
        weight: Theme.strong
        width: card.inner
        within: what.boxHeight
    }

    Label {
        id: agency

        anchors.bottom: rule.top
        anchors.bottomMargin: Theme.mm(4)
        anchors.horizontalCenter: parent.horizontalCenter
        capitals: Theme.smallCapitals
        color: Theme.quiet
        horizontalAlignment: Text.AlignHCenter
        objectName: "ticket-agency"
        text: card.ticket.agency ?? ""
        visible: !card.large
        width: card.inner
        within: Theme.capitals(capitals) * 2.6
    }

    Rectangle {
        id: rule

        anchors.bottom: facts.top
        anchors.bottomMargin: Theme.mm(4)
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.line
        height: Theme.hairline
        width: card.inner
    }

    Fitting {
        id: told

        boxHeight: Theme.capitals(Theme.bodyCapitals) * (card.large ? 1.35 : 2.7)
        boxWidth: card.large ? card.inner * 0.38 : facts.share
        common: Theme.middleCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: card.values
        weight: Theme.strong
    }

    Fitting {
        id: meant

        boxHeight: Theme.capitals(Theme.smallCapitals) * (card.large ? 1.35 : 2.7)
        boxWidth: card.large ? card.inner * 0.62 - Theme.mm(22) : facts.share
        largest: Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: card.labels
    }

    Grid {
        id: facts

        readonly property real share: Math.floor((card.inner - 2 * Theme.gap) / 3)

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(5)
        anchors.horizontalCenter: parent.horizontalCenter
        columnSpacing: Theme.gap
        columns: card.large ? 1 : 3
        rowSpacing: Theme.mm(2)
        width: card.inner

        Repeater {
            model: ["people", "clock", "place"]

            Fact {
                required property int index
                required property string modelData

                across: card.large
                icon: modelData
                label: card.labels[index] ?? ""
                labelSize: meant.size
                value: card.values[index] ?? ""
                valueSize: told.sizes[index] ?? told.size
                width: card.large ? card.inner : facts.share
            }
        }
    }
}
