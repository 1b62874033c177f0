pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* Tiles in a grid that fills its place; their names share one size. A `lead`ing tile takes the first row alone. */
Item {
    id: tiles

    required property var model
    required property int columns
    required property int rows
    property bool lead: false
    property real largest: Theme.bodyCapitals
    readonly property real tileWidth: Math.floor((width - Theme.gap * (columns - 1)) / columns)
    readonly property real tileHeight: Math.floor((height - Theme.gap * (rows - 1)) / rows)
    readonly property bool badged: model.some(tile => (tile.icon ?? "") !== "")
    readonly property real badge: badged ? Math.max(Theme.mm(15), Math.min(tileHeight * 0.6, tileWidth * 0.17, Theme.mm(38))) : 0
    readonly property real textWidth: tileWidth - (badged ? badge + Theme.mm(14) : Theme.mm(25))
    readonly property real line: Theme.capitals(Theme.smallCapitals) * 1.3

    /* The height of what stands below a name. */
    function below(tile: var): real {
        return (tile.note ?? "") === "" && (tile.office ?? "") === "" ? 0 : tile.open ? tiles.line : reasons.lines * reasons.size * 1.3;
    }

    Fitting {
        id: notes

        boxHeight: tiles.line * 1.1
        boxWidth: tiles.textWidth - Theme.mm(9)
        largest: Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: tiles.model.filter(tile => tile.open).map(tile => [tile.note ?? "", tile.office ?? ""].filter(one => one !== "").join(" · "))
    }

    Fitting {
        id: reasons

        // Two lines of the smallest letters stay for the name.
        boxHeight: Math.min(tiles.line * 3.1, tiles.tileHeight - Theme.mm(6) - 2.6 * Theme.capitals(Theme.smallCapitals / Theme.scale))
        boxWidth: tiles.textWidth - Theme.mm(9)
        largest: Theme.smallCapitals
        smallest: Theme.smallCapitals / Theme.scale
        texts: tiles.model.filter(tile => !tile.open).map(tile => tile.note ?? "")
        weight: Theme.strong
    }

    Fitting {
        id: names

        boxHeight: tiles.tileHeight - Theme.mm(5)
        boxWidth: tiles.textWidth
        common: 5.6
        largest: tiles.largest
        smallest: Theme.smallCapitals / Theme.scale
        taken: tiles.model.map(tile => tiles.below(tile) === 0 ? 0 : tiles.below(tile) + Theme.mm(1))
        texts: tiles.model.map(tile => tile.name)
        weight: Theme.medium
    }

    Repeater {
        // A count, so that a tile lives on under the finger while the numbers in it change.
        model: tiles.model.length

        Tile {
            required property int index
            readonly property bool wide: tiles.lead && tiles.columns > 1 && index === 0
            readonly property int cell: tiles.lead && index > 0 ? index + tiles.columns - 1 : index
            readonly property real start: (cell % tiles.columns) * (tiles.tileWidth + Theme.gap)

            badgeSize: tiles.badge
            height: tiles.tileHeight
            nameHeight: names.boxHeight - (names.taken[index] ?? 0)
            noteHeight: tiles.below(shown) * 1.05
            noteSize: open ? notes.size : reasons.size
            shown: tiles.model[index] ?? ({})
            textSize: names.sizes[index] ?? names.size
            width: wide ? tiles.width : tiles.tileWidth
            x: LayoutMirroring.enabled ? tiles.width - width - start : start
            y: Math.floor(cell / tiles.columns) * (tiles.tileHeight + Theme.gap)
        }
    }
}
