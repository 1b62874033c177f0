import QtQuick
import Antrean

/* The visitor's number, what to expect, and the way to follow it on a phone. */
Item {
    id: page

    required property var ticket
    readonly property bool tall: height > width
    readonly property string slip: ticket.slip ?? "coming"

    Rectangle {
        id: card

        border.color: Theme.line
        border.width: Theme.hairline
        color: Theme.surface
        height: page.tall ? words.height + 2 * Theme.mm(9) : page.height
        radius: Theme.radius
        width: page.tall ? page.width : Math.round(page.width * 0.58) - Theme.gap

        Column {
            id: words

            anchors.left: parent.left
            anchors.leftMargin: Theme.padding
            anchors.right: parent.right
            anchors.rightMargin: Theme.padding
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.mm(3)

            Label {
                capitals: Theme.middleCapitals
                color: Theme.quiet
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Your number")
                width: parent.width
            }

            Item {
                // The line of a font this large has as much air as letters.
                height: number.font.pixelSize * 0.92
                width: parent.width

                Label {
                    id: number

                    anchors.centerIn: parent
                    capitals: page.tall ? 46 : 40
                    color: Theme.accent
                    fontSizeMode: Text.HorizontalFit
                    horizontalAlignment: Text.AlignHCenter
                    minimumPixelSize: Theme.capitals(20)
                    objectName: "number"
                    text: page.ticket.number ?? ""
                    weight: Theme.strong
                    width: parent.width
                    wrapMode: Text.NoWrap
                }
            }

            Label {
                capitals: page.tall ? Theme.bodyCapitals : Theme.middleCapitals
                weight: Theme.strong
                horizontalAlignment: Text.AlignHCenter
                text: page.ticket.service ?? ""
                width: parent.width
            }

            Label {
                capitals: Theme.smallCapitals
                color: Theme.quiet
                horizontalAlignment: Text.AlignHCenter
                text: page.ticket.agency ?? ""
                width: parent.width
            }

            Item {
                height: Theme.mm(page.tall ? 4 : 1)
                width: 1
            }

            Rectangle {
                color: Theme.line
                height: Theme.hairline
                width: parent.width
            }

            Item {
                height: Theme.mm(page.tall ? 2 : 0)
                width: 1
            }

            Row {
                id: facts

                readonly property real share: (width - 2 * spacing) / 3

                spacing: Theme.gap
                width: parent.width

                Fact {
                    icon: "people"
                    label: page.ticket.aheadLabel ?? ""
                    value: page.ticket.ahead ?? ""
                    width: facts.share
                }

                Fact {
                    readonly property bool known: (page.ticket.wait ?? "") !== ""

                    icon: "clock"
                    label: known ? qsTr("estimated wait") : qsTr("The wait is not known yet")
                    value: known ? page.ticket.wait : "–"
                    width: facts.share
                }

                Fact {
                    icon: "place"
                    label: qsTr("wait here")
                    value: page.ticket.place ?? ""
                    width: facts.share
                }
            }
        }
    }

    Item {
        id: side

        anchors.bottom: parent.bottom
        anchors.left: page.tall ? parent.left : card.right
        anchors.leftMargin: page.tall ? 0 : Theme.gap
        anchors.right: parent.right
        anchors.top: page.tall ? card.bottom : parent.top
        anchors.topMargin: page.tall ? Theme.gap : 0

        SlipBanner {
            id: banner

            slip: page.slip
            width: parent.width
        }

        Rectangle {
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: banner.bottom
            anchors.topMargin: Theme.gap
            border.color: Theme.line
            border.width: Theme.hairline
            color: Theme.surface
            radius: Theme.radius

            Image {
                id: code

                readonly property real most: Math.min(parent.height, parent.width * 0.52)

                Accessible.name: qsTr("Code for your phone")
                Accessible.role: Accessible.Graphic
                anchors.left: parent.left
                anchors.leftMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                objectName: "code"
                smooth: false
                source: page.ticket.address ? "image://code/" + page.ticket.address : ""
                sourceSize: Qt.size(most, most)
            }

            Column {
                anchors.left: code.right
                anchors.leftMargin: Theme.gap
                anchors.right: parent.right
                anchors.rightMargin: Theme.padding
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.mm(3)

                Icon {
                    color: Theme.accent
                    icon: "phone"
                    size: Theme.mm(16)
                }

                Label {
                    capitals: page.tall ? Theme.bodyCapitals : Theme.middleCapitals
                    text: qsTr("Follow your place on your phone")
                    weight: Theme.strong
                    width: parent.width
                }

                Label {
                    capitals: Theme.smallCapitals
                    color: Theme.quiet
                    text: qsTr("Scan this code with your camera.")
                    width: parent.width
                }
            }
        }
    }
}
