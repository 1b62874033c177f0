pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* On every page: the languages by their own names, and the way to larger letters and other eases. The language spoken
   now is filled and ticked, more than a colour. */
Item {
    id: bar

    required property var choices
    required property int columns
    readonly property int rows: Math.ceil(choices.length / columns)
    readonly property real share: Math.floor((width - Theme.touch - Theme.gap * columns) / columns)

    Fitting {
        id: size

        boxHeight: Theme.touch - Theme.mm(3)
        boxWidth: bar.share - Theme.mm(8)
        largest: Theme.middleCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: bar.choices.map(one => one.name)
        weight: Theme.strong
    }

    Grid {
        anchors.left: parent.left
        columnSpacing: Theme.gap
        columns: bar.columns
        rowSpacing: Theme.gap

        Repeater {
            model: bar.choices.length

            Touchable {
                id: choice

                required property int index
                readonly property var language: bar.choices[index] ?? ({})
                readonly property bool current: language.current ?? false

                Accessible.role: Accessible.RadioButton
                ground: current ? Theme.accent : Theme.surface
                groundPressed: current ? Theme.pressed : Theme.soft
                height: Theme.touch
                name: language.name ?? ""
                on: current
                rim: current ? Theme.accent : Theme.edge
                what: "language"
                which: language.code ?? ""
                width: bar.share

                Icon {
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.mm(1)
                    anchors.top: parent.top
                    anchors.topMargin: Theme.mm(1)
                    color: Theme.accentText
                    icon: "check"
                    size: Theme.mm(6)
                    visible: choice.current
                }

                Label {
                    anchors.centerIn: parent
                    color: choice.current ? Theme.accentText : Theme.accent
                    font.pixelSize: size.size
                    horizontalAlignment: Text.AlignHCenter
                    text: choice.name
                    weight: Theme.strong
                    width: Math.min(implicitWidth, size.boxWidth)
                    Accessible.ignored: true
                }
            }
        }
    }

    Key {
        anchors.right: parent.right
        height: bar.height
        icon: "ease"
        label: ""
        name: qsTr("Make the screen easier to use")
        what: "easier"
        width: Theme.touch
    }
}
