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
    readonly property int tall: Math.round(height * 0.29)
    readonly property int size: lone ? Math.min(sizes.lone, Math.round(height * 0.34)) : sizes.shared
    /* The height left for the number, and how far above its lower edge the number stands. */
    readonly property real room: lone ? desk.y - (full.visible ? full.y + full.height : agency.y + agency.height) : height - agency.y - agency.height
    readonly property int foot: Math.round((room - size * Theme.capital) * 0.5)

    color: call.lit ? Theme.call : Theme.surface
    radius: sizes.radius

    Sign {
        id: agency

        anchors.left: parent.left
        anchors.leftMargin: card.sizes.pad
        anchors.right: card.lone ? parent.right : desk.left
        anchors.rightMargin: card.sizes.pad
        color: card.call.lit ? Theme.callText : Theme.quiet
        height: Math.round(card.lone ? Math.min(card.sizes.label * 1.55, card.height * 0.2) : Math.max(0, Math.min(card.sizes.label * 2.2, card.height - (card.size * Theme.capital + card.sizes.pad * 1.5))))
        horizontalAlignment: card.lone ? Text.AlignHCenter : Text.AlignLeft
        least: card.sizes.least
        brief: card.lone || height < card.sizes.label * 1.9
        size: card.lone ? Math.round(card.sizes.label * 1.15) : Math.max(card.sizes.least, Math.min(card.sizes.label, height))
        text: card.call.short
        verticalAlignment: Text.AlignVCenter
        weight: card.lone ? 600 : 500
        y: card.lone ? Math.round(card.sizes.pad * 0.8) : -Math.round(card.sizes.label * 0.05)
    }

    Sign {
        id: full

        anchors.left: parent.left
        anchors.leftMargin: card.sizes.pad
        anchors.right: parent.right
        anchors.rightMargin: card.sizes.pad
        anchors.top: agency.bottom
        anchors.topMargin: Math.round(card.sizes.label * 0.12)
        color: agency.color
        height: Math.round(Math.min(card.sizes.label * 1.5, card.height * 0.17))
        horizontalAlignment: Text.AlignHCenter
        least: card.sizes.least
        // Two lines fit as they are: to try smaller sizes costs a font each.
        size: Math.round(Math.min(card.sizes.label * 0.6, card.height * 0.068))
        text: card.call.agency === card.call.short ? "" : card.call.agency
        verticalAlignment: Text.AlignTop
        visible: card.lone && text !== ""
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
        aside: card.lone
        call: card.call
        foot: card.lone ? Math.round((height - card.size * Theme.capital) / 2) : card.foot - card.inset
        height: card.lone ? card.tall + card.inset : card.height - 2 * card.inset
        lost: card.lost
        second: card.second
        size: card.size
        sizes: card.sizes
        width: card.lone ? parent.width - 2 * card.inset : card.sizes.desk
        word: card.word
    }
}
