import QtQuick
import Antrean

/* One grid of tiles: the services of an agency, the answers to a question, the ways to see better. */
Tiles {
    required property var view
    readonly property bool answers: view.page === "asking" || view.page === "easier"

    columns: view.columns
    largest: answers ? Theme.titleCapitals : Theme.bodyCapitals
    lead: view.page === "asking"
    model: view.tiles
    rows: answers ? Math.ceil((model.length + (lead ? columns - 1 : 0)) / columns) : view.rows
}
