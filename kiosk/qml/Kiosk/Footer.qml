import QtQuick
import Antrean

/* The way back, the way on, and the pages of what can be chosen from. Words are left out where the row is too narrow:
   first that of the start, then that of the way back. */
Item {
    id: footer

    required property var view
    readonly property string page: view.page
    readonly property bool paged: view.sheets > 1
    readonly property bool stepped: ["services", "search", "check-in", "asking", "easier", "door"].includes(page)
    readonly property real room: width - (paged ? pager.width + Theme.gap : 0)

    implicitHeight: Theme.touch

    Row {
        anchors.left: parent.left
        spacing: Theme.gap

        Key {
            id: back

            directed: true
            icon: "back"
            label: wordWidth + (start.visible ? Theme.touch + Theme.gap : 0) <= footer.room ? name : ""
            name: footer.page === "easier" ? qsTr("Done") : qsTr("Back")
            visible: footer.stepped
            what: "back"
        }

        Key {
            id: start

            icon: "start"
            label: wordWidth + (back.visible ? back.width + Theme.gap : 0) <= footer.room ? name : ""
            name: footer.page === "workshop" ? qsTr("Back to the visitors") : qsTr("Start over")
            visible: footer.stepped && footer.page !== "easier" || footer.page === "workshop" || footer.page === "agencies" && !footer.view.fresh
            what: "start-over"
        }
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.gap
        visible: footer.page === "ticket"

        Key {
            icon: "plus"
            name: qsTr("Another service")
            what: "another"
        }

        Key {
            icon: "check"
            label: footer.view.countdown > 0 ? name + " (" + footer.view.countdown + ")" : name
            name: qsTr("Done")
            objectName: "done"
            primary: true
            what: "start-over"
            width: Math.max(implicitWidth, Theme.mm(70))
        }
    }

    Row {
        id: pager

        anchors.right: parent.right
        spacing: Theme.mm(4)
        visible: footer.paged

        Key {
            choosable: footer.view.sheet > 0
            directed: true
            icon: "previous"
            label: ""
            name: qsTr("Previous page")
            objectName: "previous"
            what: "turn"
            which: String(footer.view.sheet - 1)
            width: Theme.mm(26)
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            capitals: Theme.middleCapitals
            color: Theme.quiet
            font.features: {
                "tnum": 1
            }
            horizontalAlignment: Text.AlignHCenter
            text: (footer.view.sheet + 1) + " / " + footer.view.sheets
            width: Math.max(implicitWidth, Theme.mm(20))
            wrapMode: Text.NoWrap
        }

        Key {
            choosable: footer.view.sheet < footer.view.sheets - 1
            directed: true
            icon: "next"
            name: qsTr("More")
            objectName: "next"
            primary: true
            trailing: true
            what: "turn"
            which: String(footer.view.sheet + 1)
        }
    }
}
