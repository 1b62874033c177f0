pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* Tiles in a grid that fills its place; the names of all of them share one size. */
Item {
    id: tiles

    required property var model
    required property int columns
    required property int rows
    readonly property real tileWidth: Math.floor((width - Theme.gap * (columns - 1)) / columns)
    readonly property real tileHeight: Math.floor((height - Theme.gap * (rows - 1)) / rows)
    readonly property bool badged: model.some(tile => (tile.icon ?? "") !== "")
    readonly property bool noted: model.some(tile => tile.open && (tile.note ?? "") !== "")
    readonly property bool placed: model.some(tile => (tile.office ?? "") !== "")

    Fitting {
        id: size

        boxHeight: tiles.tileHeight - Theme.mm(6) - (tiles.noted ? Theme.capitals(Theme.smallCapitals) * 1.6 : 0) - (tiles.placed ? Theme.capitals(Theme.smallCapitals) * 1.6 : 0)
        boxWidth: tiles.tileWidth - Theme.mm(tiles.badged ? 37 : 28)
        texts: tiles.model.map(tile => tile.name)
        weight: Theme.medium
    }

    Grid {
        anchors.fill: parent
        columnSpacing: Theme.gap
        columns: tiles.columns
        rowSpacing: Theme.gap

        Repeater {
            // A count, so that a tile lives on under the finger while the numbers in it change.
            model: tiles.model.length

            Tile {
                required property int index

                height: tiles.tileHeight
                shown: tiles.model[index] ?? ({})
                // The reason needs the room.
                textSize: open || !tiles.badged ? size.size : Theme.capitals(Theme.smallCapitals)
                width: tiles.tileWidth
            }
        }
    }
}
