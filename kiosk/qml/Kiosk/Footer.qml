import QtQuick
import Antrean

/* The way back, the way on, and the pages of what can be chosen from. */
Item {
    id: footer

    required property var view
    readonly property string page: view.page
    readonly property bool paged: view.sheets > 1
    readonly property bool stepped: ["services", "search", "check-in", "asking", "easier", "door"].includes(page)

    implicitHeight: Theme.touch

    Row {
        spacing: Theme.gap

        Key {
            directed: true
            icon: "back"
            label: footer.paged && Theme.scale > 1 ? "" : name
            name: footer.page === "easier" ? qsTr("Done") : qsTr("Back")
            visible: footer.stepped
            what: "back"
        }

        Key {
            icon: "start"
            label: footer.stepped && (footer.paged || Theme.scale > 1) ? "" : name
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
            name: footer.view.countdown > 0 ? qsTr("Done") + " (" + footer.view.countdown + ")" : qsTr("Done")
            objectName: "done"
            primary: true
            what: "start-over"
            width: Math.max(implicitWidth, Theme.mm(70))
        }
    }

    Row {
        anchors.right: parent.right
        spacing: Theme.gap
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
