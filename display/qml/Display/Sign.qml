import QtQuick
import Antrean

/* A text that is never cut: it wraps, then shrinks as far as `least`. */
Text {
    required property int size
    property int least: 1
    property int weight: 400
    property int breadth: 100

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: size
    // The font is a variable one: its axes are set here, as Qt knows only its regular instance.
    font.variableAxes: ({
            wght: weight,
            wdth: breadth
        })
    fontSizeMode: Text.Fit
    minimumPixelSize: least
    renderType: Text.QtRendering
    textFormat: Text.PlainText
    wrapMode: Text.WordWrap
}
