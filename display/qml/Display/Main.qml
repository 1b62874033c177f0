import QtQuick
import QtQuick.Window
import Antrean

/* The call-board: header, stage, list, and how fresh all of it is. */
Window {
    id: board

    required property var sizes
    required property string heading
    required property string clock
    required property string date
    required property string fresh
    required property var words
    required property var second
    required property var calls
    required property var recent
    required property bool lost

    color: Theme.ground
    title: heading

    Header {
        id: header

        clock: board.clock
        date: board.date
        height: board.sizes.header
        lost: board.lost
        second: board.second
        sizes: board.sizes
        title: board.heading
        width: parent.width
        words: board.words
    }

    Empty {
        anchors.bottom: freshness.top
        anchors.left: parent.left
        anchors.margins: board.sizes.margin
        anchors.right: parent.right
        anchors.top: header.bottom
        second: board.second
        sizes: board.sizes
        visible: board.calls.length === 0
        words: board.words
    }

    Stage {
        id: stage

        readonly property bool whole: board.recent.length === 0

        calls: board.calls
        height: whole ? freshness.y - y : board.sizes.stage_height
        lost: board.lost
        second: board.second.counter
        sizes: board.sizes
        visible: board.calls.length > 0
        width: whole ? board.width - 2 * x : board.sizes.stage_width
        word: board.words.counter
        x: board.sizes.margin
        y: header.height
    }

    Recent {
        calls: board.recent
        heading: board.words.recent
        height: board.sizes.list_height
        lost: board.lost
        second: board.second.recent
        sizes: board.sizes
        visible: board.recent.length > 0
        width: board.sizes.list_width
        x: board.width - width - board.sizes.margin
        y: freshness.y - height
    }

    Freshness {
        id: freshness

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.leftMargin: board.sizes.margin
        anchors.right: parent.right
        anchors.rightMargin: board.sizes.margin
        height: board.sizes.footer
        lost: board.lost
        sizes: board.sizes
        text: board.fresh
    }
}
