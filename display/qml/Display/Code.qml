import QtQuick

/* A number or a counter: one bold line, its capitals standing on a base line. */
Sign {
    // A J hangs below the base line, by this part of the font (its outline in Noto Sans).
    readonly property real hang: text.includes("J") ? 0.21 : 0
    readonly property real tail: fontInfo.pixelSize * hang

    brief: true
    weight: 700
}
