import QtQuick

/* A text: the hall's font, capitals of a height in millimetres, wrapped; cut only where a place is given it is `within`. */
Text {
    property real capitals: Theme.bodyCapitals
    property int weight: Theme.regular
    // The height of its place, in dots; 0: as high as it likes.
    property real within: 0

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.capitals(capitals)
    font.variableAxes: ({
            "wght": weight
        })
    elide: within > 0 ? Text.ElideRight : Text.ElideNone
    lineHeight: 0.95
    maximumLineCount: within > 0 ? Math.max(1, Math.floor((within + 2) / (font.pixelSize * 1.294))) : 1000
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.ignored: text === ""
    Accessible.name: text
    Accessible.role: Accessible.StaticText
}
