pragma Singleton

import QtQuick

/* Where every touch goes, and whether the screen is used by keys, so that the focus has to be seen. */
QtObject {
    property bool keyed: false
    // The objectName of the control that has the focus.
    property string at: ""

    signal tapped(string what, string which)
    signal touched
    signal unreadable(url picture)
}
