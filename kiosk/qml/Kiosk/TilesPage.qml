pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* A question and its answers as a grid of tiles: the agencies of the hall, or the services of one of them. */
Item {
    id: page

    required property string title
    required property string hint
    required property string icon
    required property string notice
    required property var tiles
    required property int columns
    required property int rows
    required property bool services
    readonly property real tileWidth: Math.floor((grid.width - grid.columnSpacing * (columns - 1)) / columns)
    readonly property real tileHeight: Math.floor((grid.height - grid.rowSpacing * (rows - 1)) / rows)

    signal chosen(string code)

    Rectangle {
        id: badge

        anchors.left: parent.left
        anchors.verticalCenter: heading.verticalCenter
        color: Theme.soft
        height: Theme.mm(24)
        radius: Theme.radius
        visible: page.icon !== ""
        width: visible ? height : 0

        Icon {
            anchors.centerIn: parent
            color: Theme.accent
            icon: page.icon
            size: Theme.mm(16)
        }
    }

    Column {
        id: heading

        anchors.left: badge.right
        anchors.leftMargin: badge.visible ? Theme.mm(6) : 0
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: Theme.mm(2.5)

        Label {
            capitals: Theme.titleCapitals
            weight: Theme.strong
            objectName: "title"
            text: page.title
            width: parent.width
        }

        Label {
            capitals: Theme.smallCapitals
            color: page.notice === "" ? Theme.quiet : Theme.bad
            weight: page.notice === "" ? Theme.regular : Theme.strong
            objectName: "hint"
            text: page.notice === "" ? page.hint : page.notice
            width: parent.width
        }
    }

    Fitting {
        id: size

        boxHeight: page.tileHeight - Theme.mm(page.services ? 18 : 8)
        boxWidth: page.tileWidth - Theme.mm(page.services ? 33 : 40)
        weight: Theme.medium
        texts: page.tiles.map(tile => tile.name)
    }

    Grid {
        id: grid

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: heading.bottom
        anchors.topMargin: Theme.mm(6)
        columnSpacing: Theme.gap
        columns: page.columns
        rowSpacing: Theme.gap

        Repeater {
            // A count, so that a tile lives on under the finger while the numbers in it change.
            model: page.tiles.length

            Loader {
                id: slot

                required property int index
                readonly property var tile: page.tiles[index] ?? ({})

                height: page.tileHeight
                sourceComponent: page.services ? service : agency
                width: page.tileWidth

                Component {
                    id: agency

                    AgencyTile {
                        icon: slot.tile.icon ?? ""
                        name: slot.tile.name ?? ""
                        note: slot.tile.note ?? ""
                        objectName: "agency-" + slot.tile.code
                        open: slot.tile.open ?? false
                        // The reason needs the room.
                        textSize: open ? size.size : Theme.capitals(Theme.smallCapitals)
                        onChosen: page.chosen(slot.tile.code)
                    }
                }

                Component {
                    id: service

                    ServiceTile {
                        name: slot.tile.name ?? ""
                        note: slot.tile.note ?? ""
                        objectName: "service-" + slot.tile.code
                        open: slot.tile.open ?? false
                        textSize: size.size
                        onChosen: page.chosen(slot.tile.code)
                    }
                }
            }
        }
    }
}
