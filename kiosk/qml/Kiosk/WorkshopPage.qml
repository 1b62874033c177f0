import QtQuick

/* The technician's page. */
Item {
    required property var view
}
