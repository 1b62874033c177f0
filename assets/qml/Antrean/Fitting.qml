import QtQuick

/* Never seen: finds the largest size, between two heights of capitals, at which every one of some texts fits one box.
   Neighbours then share a size, where each text shrinking by itself would make the page ragged. */
Label {
    id: fitting

    required property var texts
    required property real boxWidth
    required property real boxHeight
    property real largest: Theme.bodyCapitals
    property real smallest: Theme.smallCapitals
    // A text that would have to be smaller than this shrinks alone: one endless name must not make the page small.
    property real common: smallest
    // What else stands in the box of each text; nothing when left out.
    property var taken: []
    readonly property real most: Theme.capitals(largest)
    readonly property real least: Math.min(most, Theme.capitals(smallest))
    readonly property real alone: Theme.capitals(common)

    // Of all that keep together, and of each; `lines` is the most that any of them takes.
    property real size: most
    property var sizes: []
    property int lines: 1
    property string measured: ""
    // Before, no text is laid out, and all would seem to fit.
    property bool complete: false

    function fits(height: real, dots: real): bool {
        fitting.font.pixelSize = dots;
        return fitting.contentWidth <= fitting.boxWidth + 0.5 && fitting.contentHeight <= height + 0.5;
    }

    function largestOf(height: real, dots: real): real {
        if (fitting.fits(height, dots))
            return dots;
        let [low, high] = [fitting.least, dots];
        while (high - low > 1) {
            const middle = Math.floor((low + high) / 2);
            if (fitting.fits(height, middle))
                low = middle;
            else
                high = middle;
        }
        fitting.fits(height, low);
        return low;
    }

    function measure() {
        if (!fitting.complete || fitting.boxWidth <= 0 || fitting.boxHeight <= 0)
            return;
        const now = [fitting.boxWidth, fitting.boxHeight, fitting.most, fitting.least, fitting.alone, ...fitting.taken, ...fitting.texts].join("\n");
        if (now === fitting.measured)
            return;
        fitting.measured = now;
        fitting.width = fitting.boxWidth;
        let dots = fitting.most;
        let lines = 1;
        const each = [];
        fitting.texts.forEach((one, place) => {
            fitting.text = one;
            const own = fitting.largestOf(fitting.boxHeight - (fitting.taken[place] ?? 0), dots);
            each.push(own);
            lines = Math.max(lines, fitting.lineCount);
            if (own >= fitting.alone)
                dots = Math.min(dots, own);
        });
        fitting.sizes = each.map(own => Math.min(own, dots));
        fitting.size = Math.min(dots, ...fitting.sizes);
        fitting.lines = lines;
    }

    visible: false
    wrapMode: Text.WordWrap
    onAloneChanged: measure()
    onBoxHeightChanged: measure()
    onBoxWidthChanged: measure()
    onLeastChanged: measure()
    onMostChanged: measure()
    onTakenChanged: measure()
    onTextsChanged: measure()
    Component.onCompleted: {
        complete = true;
        measure();
    }
}
