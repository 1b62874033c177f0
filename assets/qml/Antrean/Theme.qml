pragma Singleton

import QtQuick

/* Tokens by role. Colours come from assets/theme.toml, sizes from the real millimetres of the screen. */
QtObject {
    // Of assets.qt, which every window hands over: see `wear`.
    property var palette: ({})
    property string family: ""
    property real capital: 0
    property real dotsPerMm: 0
    // Of letters, for whoever asks for larger ones.
    property real scale: 1

    readonly property color ground: palette.ground ?? "black"
    readonly property color surface: palette.surface ?? "black"
    readonly property color sunken: palette.sunken ?? "black"
    readonly property color line: palette.line ?? "black"
    readonly property color edge: palette.edge ?? "black"
    readonly property color text: palette.text ?? "black"
    readonly property color quiet: palette.quiet ?? "black"
    readonly property color accent: palette.accent ?? "black"
    readonly property color pressed: palette.pressed ?? "black"
    readonly property color accentText: palette.on_accent ?? "black"
    readonly property color soft: palette.soft ?? "black"
    readonly property color call: palette.call ?? "black"
    readonly property color callText: palette.on_call ?? "black"
    readonly property color good: palette.good ?? "black"
    readonly property color warn: palette.warn ?? "black"
    readonly property color bad: palette.bad ?? "black"
    readonly property color focus: palette.focus ?? "black"
    // Logos are drawn for white paper, in every palette.
    readonly property color logoGround: "white"

    // Heights of capitals in millimetres for a reader at arm's length: EN 301 549 5.1.4 asks 7.3, ADA 707.7 at least 4.8.
    readonly property real titleCapitals: 9
    readonly property real bodyCapitals: 7.5
    readonly property real middleCapitals: 6
    readonly property real smallCapitals: 4.8

    // Axes of the variable font: Qt takes its weight from them alone.
    readonly property int regular: 400
    readonly property int medium: 500
    readonly property int strong: 650

    // Of the font size: lines of letters far larger than a book's stand so close, and so much is empty above a line's capitals.
    readonly property real close: 0.76
    readonly property real above: 0.35

    readonly property real margin: mm(11)
    readonly property real gap: mm(5)
    readonly property real padding: mm(7)
    readonly property real radius: mm(3.5)
    readonly property real hairline: Math.max(1, mm(0.4))
    readonly property real outline: Math.max(2, mm(0.9))
    // Errors of touch fall until 20 mm and no further.
    readonly property real touch: mm(22)

    function wear(tokens: var) {
        palette = tokens.palette;
        family = tokens.family;
        capital = tokens.capital;
        dotsPerMm = tokens.dotsPerMm;
        scale = tokens.scale;
    }

    /* Dots of a length in millimetres. */
    function mm(length: real): real {
        return Math.round(length * dotsPerMm);
    }

    /* The font size, in dots, whose capitals are so many millimetres high. */
    function capitals(height: real): real {
        return Math.max(1, Math.round(height * scale * dotsPerMm / capital));
    }
}
