pragma ComponentBehavior: Bound

import QtQuick
import Antrean

/* The kiosk's one window: shows the view it is given. What was tapped goes out through Taps. */
Window {
    id: window

    required property var tokens
    property var view: null
    property bool locked: false
    readonly property var layout: view?.layout ?? null

    color: Theme.ground
    title: view?.hall ?? ""

    onTokensChanged: Theme.wear(tokens)
    // Only a signal or a technician ends a kiosk.
    onClosing: close => close.accepted = !locked

    Item {
        id: screen

        LayoutMirroring.childrenInherit: true
        LayoutMirroring.enabled: window.view?.mirrored ?? false
        anchors.fill: parent

        Loader {
            active: window.view !== null
            anchors.fill: parent
            sourceComponent: (window.view?.page ?? "") === "saver" ? saver : ordinary
        }
    }

    // Seven touches of this corner lead to the technician's door; to a visitor it is nothing.
    Item {
        height: Theme.mm(24)
        width: Theme.mm(24)

        TapHandler {
            onPressedChanged: {
                if (pressed)
                    Taps.tapped("corner", "");
            }
        }
    }

    HoverHandler {
        cursorShape: window.locked ? Qt.BlankCursor : Qt.ArrowCursor
    }

    PointHandler {
        onActiveChanged: {
            if (active)
                Taps.touched();
        }
    }

    Component {
        id: saver

        SaverPage {
            view: window.view
        }
    }

    Component {
        id: ordinary

        Bands {
            view: window.view
        }
    }
}
