import QtQuick

/* A text: the hall's font, capitals of a height in millimetres, wrapped and never cut. */
Text {
    property real capitals: Theme.bodyCapitals
    property int weight: Theme.regular

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.capitals(capitals)
    font.variableAxes: ({
            "wght": weight
        })
    lineHeight: 0.95
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.ignored: text === ""
    Accessible.name: text
    Accessible.role: Accessible.StaticText
}
