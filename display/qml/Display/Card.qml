import QtQuick
import Antrean

/* A call on the stage: alone, the number above and where to go below; with others, side by side under the agency. */
Rectangle {
    id: card

    required property var sizes
    required property var call
    required property string word
    required property string second
    required property bool lost
    required property bool lone
    readonly property color ink: call.lit ? Theme.callText : lost ? Theme.quiet : Theme.text
    readonly property int inset: Math.round(sizes.pad * 0.5)
    readonly property int size: lone ? Math.min(sizes.lone, Math.round(height * 0.34)) : sizes.shared
    /* The height left for the number, and how far above its lower edge the number stands. */
    readonly property real room: (lone ? desk.y : height) - agency.y - agency.height
    readonly property int foot: Math.round((room - size * Theme.capital) * 0.5)

    color: call.lit ? Theme.call : Theme.surface
    radius: sizes.radius

    Sign {
        id: agency

        anchors.left: parent.left
        anchors.leftMargin: card.sizes.pad
        anchors.right: card.lone ? parent.right : desk.left
        anchors.rightMargin: card.sizes.pad
        brief: card.lone || height < card.sizes.label * 1.9
        color: card.call.lit ? Theme.callText : Theme.quiet
        height: Math.round(card.lone ? Math.min(card.sizes.label * 1.7, card.height * 0.22) : Math.max(0, Math.min(card.sizes.label * 2.2, card.height - (card.size * Theme.capital + card.sizes.pad * 1.5))))
        horizontalAlignment: card.lone ? Text.AlignHCenter : Text.AlignLeft
        least: card.sizes.least
        size: card.lone ? Math.round(card.sizes.label * 1.15) : Math.max(card.sizes.least, Math.min(card.sizes.label, height))
        text: card.lone ? card.call.short : card.call.beside
        verticalAlignment: Text.AlignVCenter
        weight: card.lone ? 600 : 500
        y: card.lone ? 0 : -Math.round(card.sizes.label * 0.05)
    }

    Code {
        anchors.baseline: card.lone ? desk.top : parent.bottom
        anchors.baselineOffset: -Math.round(Math.max(card.foot, tail))
        anchors.left: parent.left
        anchors.leftMargin: card.sizes.pad
        anchors.right: card.lone ? parent.right : desk.left
        anchors.rightMargin: card.sizes.pad
        color: card.ink
        horizontalAlignment: card.lone ? Text.AlignHCenter : Text.AlignLeft
        size: card.lone ? card.size : Math.max(1, Math.min(card.size, Math.floor(card.room * 0.97 / (Theme.capital + hang))))
        text: card.call.number
    }

    Desk {
        id: desk

        anchors.bottom: parent.bottom
        anchors.margins: card.inset
        anchors.right: parent.right
        call: card.call
        foot: card.lone ? Math.round((height - card.sizes.label - card.size * Theme.capital) * 0.4) : card.foot - card.inset
        height: card.lone ? Math.round(Math.min(card.height * 0.48, card.sizes.label * 1.5 + card.size * 1.05)) : card.height - 2 * card.inset
        lone: card.lone
        lost: card.lost
        second: card.second
        size: card.size
        sizes: card.sizes
        width: card.lone ? parent.width - 2 * card.inset : card.sizes.desk
        word: card.word
    }
}
