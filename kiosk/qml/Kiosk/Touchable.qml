import QtQuick
import Antrean

/* Anything a finger may choose: its ground, how it looks under the finger, and its name for assistive technology. */
Rectangle {
    id: touchable

    required property string name
    property bool choosable: true
    property color ground: Theme.surface
    property color groundPressed: Theme.soft
    property color rim: Theme.line
    readonly property bool down: tap.pressed

    signal chosen

    Accessible.focusable: choosable
    Accessible.name: name
    Accessible.role: Accessible.Button
    Accessible.onPressAction: {
        if (touchable.choosable)
            touchable.chosen();
    }
    border.color: down ? Theme.accent : rim
    border.width: down ? Theme.outline : Theme.hairline
    color: down ? groundPressed : ground
    radius: Theme.radius

    TapHandler {
        id: tap

        enabled: touchable.choosable
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: touchable.chosen()
    }
}
