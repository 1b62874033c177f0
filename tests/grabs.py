"""Qt windows as pictures in memory: to write each as PNG and read it again takes longer than to draw it."""

from __future__ import annotations

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow


def grabbed(window: QQuickWindow) -> Image.Image:
    """What a window shows now."""
    shot = window.grabWindow().convertToFormat(QImage.Format.Format_RGB888)
    return Image.frombuffer(
        "RGB", (shot.width(), shot.height()), bytes(shot.constBits()), "raw", "RGB", shot.bytesPerLine(), 1
    )
