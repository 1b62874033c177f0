import QtQuick

/* A line icon out of assets/icons in any colour; a directed one turns round where the page runs from the right. */
Image {
    required property string icon
    required property color color
    required property real size
    property bool directed: false

    height: size
    mirror: directed && LayoutMirroring.enabled
    source: icon === "" || size < 1 ? "" : "image://icon/" + icon + "/" + String(color).slice(1)
    sourceSize: Qt.size(Math.max(1, size), Math.max(1, size))
    width: size
    Accessible.ignored: true
}
