import QtQuick

/* One grid of tiles: the services of an agency, the answers to a question, the ways to see better. */
Tiles {
    required property var view

    columns: view.columns
    model: view.tiles
    rows: view.rows
}
