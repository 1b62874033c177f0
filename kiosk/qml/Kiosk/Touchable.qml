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
    // Whether it is turned on; null: it is nothing to turn on.
    property var on: null
    readonly property bool focused: Taps.keyed && Taps.at === objectName

    function choose() {
        if (touchable.choosable)
            Taps.tapped(touchable.what, touchable.which);
    }

    Accessible.checkable: on !== null
    Accessible.checked: on ?? false
    Accessible.description: explained
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.ignored: opacity === 0
    Accessible.name: name
    Accessible.role: on === null ? Accessible.Button : Accessible.CheckBox
    Accessible.onPressAction: touchable.choose()
    border.color: down ? Theme.accent : rim
    border.width: down ? Theme.outline : Theme.hairline
    color: down ? groundPressed : ground
    objectName: which === "" ? what : what + "-" + which
    radius: Theme.radius
    // Over its neighbours, which stand closer than the ring is wide.
    z: focused ? 1 : 0
    onFocusedChanged: {
        if (focused)
            forceActiveFocus();
    }

    // Outside of the control, with a gap: seen on any ground, and by its shape alone.
    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.mm(2.8)
        border.color: Theme.focus
        border.width: Theme.mm(1.8)
        color: Theme.ground
        objectName: "ring"
        radius: Theme.radius + Theme.mm(2.8)
        visible: touchable.focused
        z: -1
    }

    TapHandler {
        id: tap

        enabled: touchable.choosable
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: touchable.choose()
    }
}
