"""The logo that the hall keeps, as `image://logo/DIGEST`: made ready in the clerk's thread, never while drawing."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider


def ready(picture: bytes) -> QImage:
    """A PNG for the window; slow, for any thread."""
    return QImage.fromData(picture)


class Logos(QQuickImageProvider):
    """Gives the window the logo that it wears; another digest is another address, so nothing old is ever shown."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self.worn = QImage()

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803, ARG002
        """What is worn now."""
        return self.worn
