import QtQuick
import Antrean

/* Which sheet of tiles this is, and the keys to its neighbours. */
Row {
    id: pager

    required property int sheet
    required property int sheets

    signal turned(int sheet)

    spacing: Theme.gap
    visible: sheets > 1

    Key {
        choosable: pager.sheet > 0
        icon: "previous"
        label: ""
        name: qsTr("Previous page")
        objectName: "previous"
        width: Theme.mm(26)
        onChosen: pager.turned(pager.sheet - 1)
    }

    Label {
        anchors.verticalCenter: parent.verticalCenter
        capitals: Theme.middleCapitals
        color: Theme.quiet
        font.features: {
            "tnum": 1
        }
        horizontalAlignment: Text.AlignHCenter
        text: (pager.sheet + 1) + " / " + pager.sheets
        width: Theme.mm(24)
        wrapMode: Text.NoWrap
    }

    Key {
        choosable: pager.sheet < pager.sheets - 1
        icon: "next"
        name: qsTr("More")
        objectName: "next"
        primary: true
        trailing: true
        onChosen: pager.turned(pager.sheet + 1)
    }
}
