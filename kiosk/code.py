"""The QR code that leads a phone to the visitor's page, as an image for QML (`image://code/ADDRESS`)."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickImageProvider

QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""


class Codes(QQuickImageProvider):
    """Draws the code in whole dots a module, so that no camera meets a grey edge."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803, ARG002
        """The code of an address, as large as whole dots allow within the size asked for."""
        modules = matrix(id)
        image = QImage(len(modules), len(modules), QImage.Format.Format_RGB32)
        dark, light = QColor("black"), QColor("white")
        for y, row in enumerate(modules):
            for x, module in enumerate(row):
                image.setPixelColor(x, y, dark if module else light)
        scale = max(1, min(requestedSize.width(), requestedSize.height()) // len(modules))
        return image.scaled(len(modules) * scale, len(modules) * scale)


def matrix(address: str) -> list[list[bool]]:
    """The modules of an address's code, with its quiet zone."""
    from qrcode import QRCode  # 50 ms that the first frame need not wait for
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(address)
    modules: list[list[bool]] = code.get_matrix()
    return modules
