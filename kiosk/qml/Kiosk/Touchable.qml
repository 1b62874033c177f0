import QtQuick
import Antrean

/* Anything a finger or a key may choose: its ground, how it looks under the finger and in focus, its name for assistive
   technology. `what` and `which` say to the visit what was chosen. */
Rectangle {
    id: touchable

    required property string name
    required property string what
    property string which: ""
    property bool choosable: true
    property string explained: ""
    property color ground: Theme.surface
    property color groundPressed: Theme.soft
    property color rim: Theme.line
    readonly property bool down: tap.pressed
    readonly property bool focused: activeFocus && Taps.keyed

    function choose() {
        if (touchable.choosable)
            Taps.tapped(touchable.what, touchable.which);
    }

    Accessible.description: explained
    Accessible.focusable: choosable
    Accessible.name: name
    Accessible.role: Accessible.Button
    Accessible.onPressAction: touchable.choose()
    border.color: down ? Theme.accent : rim
    border.width: down ? Theme.outline : Theme.hairline
    color: down ? groundPressed : ground
    objectName: which === "" ? what : what + "-" + which
    radius: Theme.radius

    // Outside of the control, with a gap: seen on any ground, and by its shape alone.
    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.mm(2)
        border.color: Theme.focus
        border.width: Theme.mm(1.5)
        color: "transparent"
        radius: Theme.radius + Theme.mm(2)
        visible: touchable.focused
    }

    TapHandler {
        id: tap

        enabled: touchable.choosable
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: touchable.choose()
    }
}
