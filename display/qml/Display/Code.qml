import QtQuick
import Antrean

/* A number or a counter: one bold line, its capitals standing on a base line; shrinks to the width it has. */
Sign {
    readonly property real capitals: fontInfo.pixelSize * Theme.capital
    // A J hangs below the base line, by this part of the font (its outline in Noto Sans).
    readonly property real hang: text.includes("J") ? 0.21 : 0
    readonly property real tail: fontInfo.pixelSize * hang

    fontSizeMode: Text.HorizontalFit
    weight: 700
    wrapMode: Text.NoWrap
}
