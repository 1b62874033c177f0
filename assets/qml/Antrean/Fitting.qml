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
    property real size: Theme.capitals(largest)

    function measure() {
        let dots = Theme.capitals(fitting.largest);
        const least = Theme.capitals(fitting.smallest);
        if (fitting.boxWidth <= 0 || fitting.boxHeight <= 0)
            return;
        fitting.width = fitting.boxWidth;
        fitting.font.pixelSize = dots;
        for (const one of fitting.texts) {
            fitting.text = one;
            while (dots > least && (fitting.contentWidth > fitting.boxWidth || fitting.contentHeight > fitting.boxHeight))
                fitting.font.pixelSize = --dots;
        }
        fitting.size = dots;
    }

    visible: false
    wrapMode: Text.WordWrap
    onBoxHeightChanged: measure()
    onBoxWidthChanged: measure()
    onTextsChanged: measure()
    Component.onCompleted: measure()
}
