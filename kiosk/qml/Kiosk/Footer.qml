import QtQuick
import Antrean

/* The way back, the way on, and the last seconds before the screen goes back to the start by itself. */
Item {
    id: footer

    required property string page
    required property bool fresh
    required property int countdown
    required property int sheet
    required property int sheets

    signal back
    signal startOver
    signal turned(int sheet)

    implicitHeight: Theme.touch

    Row {
        spacing: Theme.gap

        Key {
            icon: "back"
            name: qsTr("Back")
            objectName: "back"
            visible: footer.page === "services"
            onChosen: footer.back()
        }

        Key {
            icon: "start"
            label: footer.page === "services" && footer.sheets > 1 ? "" : name
            name: qsTr("Start over")
            objectName: "start-over"
            visible: footer.page === "services" || footer.page === "agencies" && !footer.fresh
            onChosen: footer.startOver()
        }
    }

    Key {
        anchors.centerIn: parent
        icon: "check"
        name: footer.countdown > 0 ? qsTr("Done") + " (" + footer.countdown + ")" : qsTr("Done")
        objectName: "done"
        primary: true
        visible: footer.page === "ticket"
        width: Math.max(implicitWidth, Theme.mm(90))
        onChosen: footer.startOver()
    }

    Pager {
        anchors.right: parent.right
        sheet: footer.sheet
        sheets: footer.sheets
        onTurned: sheet => footer.turned(sheet)
    }
}
