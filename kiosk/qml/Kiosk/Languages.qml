pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The languages by their own names. The one spoken now is filled and ticked: more than a colour. */
Row {
    id: languages

    required property var choices
    readonly property real share: (width - spacing * (choices.length - 1)) / choices.length

    signal chosen(string code)

    spacing: Theme.gap

    Fitting {
        id: size

        boxHeight: Theme.touch - Theme.mm(3)
        boxWidth: languages.share - Theme.mm(15)
        weight: Theme.strong
        largest: Theme.middleCapitals
        texts: languages.choices.map(one => one.name)
    }

    Repeater {
        model: languages.choices.length

        Touchable {
            id: choice

            required property int index
            readonly property var language: languages.choices[index] ?? ({})
            readonly property bool current: language.current ?? false

            Accessible.checkable: true
            Accessible.checked: current
            Accessible.role: Accessible.RadioButton
            ground: current ? Theme.accent : Theme.surface
            groundPressed: current ? Theme.pressed : Theme.soft
            height: Theme.touch
            name: language.name ?? ""
            objectName: "language-" + language.code
            rim: current ? Theme.accent : Theme.edge
            width: languages.share
            onChosen: languages.chosen(choice.language.code)

            Row {
                anchors.centerIn: parent
                spacing: Theme.mm(2)

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.accentText
                    icon: "check"
                    size: Theme.mm(6.5)
                    visible: choice.current
                }

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    color: choice.current ? Theme.accentText : Theme.accent
                    horizontalAlignment: Text.AlignHCenter
                    font.pixelSize: size.size
                    weight: Theme.strong
                    text: choice.name
                    width: Math.min(implicitWidth, size.boxWidth)
                    Accessible.ignored: true
                }
            }
        }
    }
}
