import QtQuick
import Antrean

/* The way to a counter. */
Icon {
    required property string way

    icon: way === "" ? "" : "arrow-" + way
    visible: way !== ""
}
