import QtQuick
import Antrean

/* A text that is never cut. A brief one stays on its line and takes a narrower cut of the font, then a smaller one; any
   other wraps, then shrinks, as far as `least`, in the one `cut`. */
Text {
    id: sign

    required property int size
    property int least: 1
    property int weight: 400
    property bool brief: false
    /* Of the font's width axis, for a text that wraps. */
    property int cut: 87
    readonly property real capitals: fontInfo.pixelSize * Theme.capital
    /* On one line, unless even the narrowest cut would have to shrink by far. */
    readonly property bool single: brief && narrowest * 0.6 <= width
    /* Of the font's width axis; few steps, since each is a font of its own in memory. */
    readonly property int breadth: !single ? cut : spare >= 1 ? 100 : spare > 0.67 ? 87 : spare > 0.35 ? 75 : 62
    readonly property real narrowest: narrow.advanceWidth
    // Qt would try one size after the other, each a font of its own in memory; these are few.
    readonly property int fitted: single && narrowest > width ? Math.max(least, Math.floor(size * Math.floor(24 * width / narrowest) / 24)) : size

    /* How far the width lies between that of the narrowest cut (0) and of the widest (1). */
    readonly property real spare: (width - narrowest) / Math.max(1, metrics.advanceWidth - narrowest)

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: fitted
    // The font is a variable one: its axes are set here, as Qt knows only its regular instance.
    font.variableAxes: ({
            wght: weight,
            wdth: breadth
        })
    fontSizeMode: single ? Text.FixedSize : Text.Fit
    lineHeight: 0.9
    minimumPixelSize: least
    renderType: Text.QtRendering
    textFormat: Text.PlainText
    wrapMode: single ? Text.NoWrap : Text.WordWrap

    TextMetrics {
        id: metrics

        font.family: Theme.family
        font.pixelSize: sign.size
        font.variableAxes: ({
                wght: sign.weight,
                wdth: 100
            })
        text: sign.brief ? sign.text : ""
    }

    TextMetrics {
        id: narrow

        font.family: Theme.family
        font.pixelSize: sign.size
        font.variableAxes: ({
                wght: sign.weight,
                wdth: 62
            })
        text: metrics.text
    }
}
