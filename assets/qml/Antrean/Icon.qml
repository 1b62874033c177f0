import QtQuick

/* A line icon out of assets/icons in any colour. */
Image {
    required property string icon
    required property color color
    required property real size

    height: size
    source: icon === "" ? "" : "image://icon/" + icon + "/" + String(color).slice(1)
    sourceSize: Qt.size(size, size)
    width: size
    Accessible.ignored: true
}
