pragma Singleton

import QtQuick

/* Where every touch goes, and whether the screen is used by keys, so that the focus has to be seen. */
QtObject {
    property bool keyed: false

    signal tapped(string what, string which)
    signal touched
    signal unreadable(url picture)
}
