import QtQuick
import Antrean

/* One thing a visitor wants to know, with its icon: the value, and what it is below; in large letters `across` the page. */
Grid {
    id: fact

    required property string icon
    required property string value
    required property string label
    required property bool across
    required property real valueSize
    required property real labelSize
    readonly property real sign: Theme.mm(11)

    columnSpacing: Theme.mm(5)
    columns: across ? 3 : 1
    horizontalItemAlignment: across ? Grid.AlignLeft : Grid.AlignHCenter
    rowSpacing: Theme.mm(1.5)
    verticalItemAlignment: Grid.AlignVCenter

    Icon {
        color: Theme.accent
        icon: fact.icon
        size: fact.sign
    }

    Label {
        elide: Text.ElideRight
        font.pixelSize: fact.valueSize
        horizontalAlignment: fact.across ? Text.AlignLeft : Text.AlignHCenter
        maximumLineCount: 2
        text: fact.value
        weight: Theme.strong
        width: fact.across ? fact.width * 0.38 : fact.width
    }

    Label {
        color: Theme.quiet
        font.pixelSize: fact.labelSize
        horizontalAlignment: fact.across ? Text.AlignLeft : Text.AlignHCenter
        text: fact.label
        width: fact.across ? fact.width * 0.62 - fact.sign - 2 * fact.columnSpacing : fact.width
    }
}
