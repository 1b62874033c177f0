import QtQuick
import QtQuick.Window
import Antrean

/* The call-board: header, stage, list, and a page beside the calls while these leave room. */
Window {
    id: board

    required property var tokens
    required property var sizes
    required property string language
    required property string heading
    required property string clock
    required property string date
    required property string fresh
    required property string head
    required property string alarm
    required property string health
    required property var words
    required property var second
    required property var calls
    required property var recent
    required property bool arrows
    required property var page
    readonly property bool lost: health === "lost"
    readonly property bool empty: calls.length === 0
    readonly property int top: lost ? sizes.alarm : sizes.header
    readonly property int missing: top - sizes.header
    readonly property bool loading: beside.loading

    signal unreadable(source: string)

    color: Theme.ground
    title: heading

    onTokensChanged: Theme.wear(tokens)

    Cuts {
        sizes: board.sizes
    }

    Header {
        alarm: board.alarm
        clock: board.clock
        head: board.head
        health: board.health
        height: board.top
        sizes: board.sizes
        width: parent.width
    }

    Empty {
        height: beside.visible ? recent.height : board.height - board.top
        second: board.second
        sizes: board.sizes
        visible: board.empty
        width: beside.visible ? recent.width : board.width - 2 * board.sizes.margin
        words: board.words
        x: beside.visible ? recent.x : board.sizes.margin
        y: beside.visible ? recent.y : board.top
    }

    Stage {
        id: stage

        calls: board.calls
        height: board.sizes.stage_height - (board.sizes.portrait ? 0 : board.missing)
        lost: board.lost
        paged: beside.visible
        second: board.second.counter
        sizes: board.sizes
        visible: !board.empty
        width: board.sizes.stage_width
        word: board.words.counter
        x: board.sizes.margin
        y: board.top
    }

    Page {
        id: beside

        content: board.page
        height: board.empty ? stage.height : Math.round((stage.height - board.sizes.column - board.sizes.gap) / 2)
        sizes: board.sizes
        visible: board.page.kind !== "" && board.calls.length < 2 && !board.lost && !(board.empty && board.page.kind === "text")
        width: stage.width
        x: stage.x
        y: stage.y + stage.height - height
        onUnreadable: source => board.unreadable(source)
    }

    Recent {
        id: recent

        arrows: board.arrows
        calls: board.recent
        height: board.sizes.list_height - board.missing
        lost: board.lost
        second: board.second
        sizes: board.sizes
        visible: !board.empty
        width: board.sizes.list_width
        words: board.words
        x: board.width - width - board.sizes.margin
        y: board.height - height - board.sizes.margin
    }
}
