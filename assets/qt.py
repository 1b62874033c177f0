"""What both Qt windows wear and nobody else imports: engine, theme, words, fonts, and a window's picture."""

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple, cast

from PySide6.QtCore import QByteArray, QObject, QSize, QSocketNotifier, QTranslator, QUrl
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QImage, QPainter
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickImageProvider, QQuickWindow
from PySide6.QtSvg import QSvgRenderer

from assets import ROOT, fonts
from assets.theme import STOCK, Colours, palettes
from assets.words import words

if sys.version_info < (3, 12):
    # PySide6 6.12 returns None, True and False without counting the reference, which is harmless only from Python 3.12
    # on, where they are immortal. Before, every call into Qt brings the interpreter nearer to "deallocating None".
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += 1 << 60


class Screen(NamedTuple):
    """How big the screen really is: EDID sizes lie, so the installer measures the width of the picture."""

    width: int
    height: int
    width_mm: float

    @property
    def dots_per_mm(self) -> float:
        """Dots in one millimetre of this screen."""
        return self.width / self.width_mm


class Words(QTranslator):
    """Feeds the gettext catalogue of one language into qsTr."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spoken = "en"
        """The code of the language."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Qt asks nothing of an empty translator."""
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # noqa: ARG002
        """The text in the language; a plural (`%n`) arrives with n >= 0."""
        catalogue = words(self.spoken)
        return catalogue.gettext(text) if n < 0 else catalogue.ngettext(text, text, n)


class Icons(QQuickImageProvider):
    """`image://icon/NAME/RRGGBB`: a line icon in a colour. Drawn here, since the software renderer has no effects."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803, ARG002
        """The icon at the size asked for."""
        name, _, colour = id.partition("/")
        file = ROOT / "icons" / f"{name}.svg"
        if not file.is_file():  # a catalogue may name what we have not drawn
            file = ROOT / "icons" / "building.svg"
        drawing = file.read_text("utf-8").replace("currentColor", f"#{colour}")
        width, height = requestedSize.toTuple()
        # Empty bytes, and a copy that owns them: `fill` looks for Qt.GlobalColor, and the whole namespace takes 15 ms.
        image = QImage(bytes(4 * width * height), width, height, QImage.Format.Format_ARGB32_Premultiplied).copy()
        painter = QPainter(image)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter)
        painter.end()
        return image


QUIET_ZONE = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""


class Codes(QQuickImageProvider):
    """`image://code/ADDRESS`: a QR code in whole dots a module, so that no camera meets a grey edge."""

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


def application(name: str) -> QGuiApplication:
    """The Qt application of a room, drawn by the software renderer unless the environment says otherwise."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    # Letters beyond 64 dots would be drawn as outlines in each frame, at three times the cost of kept pictures.
    os.environ.setdefault("QT_MAX_CACHED_GLYPH_SIZE", "1024")
    running = QGuiApplication.instance()
    app = cast(QGuiApplication, running) if running else QGuiApplication([sys.argv[0]])
    app.setApplicationName(name)
    QFontDatabase.addApplicationFont(str(fonts.FILE))
    font = app.font()
    font.setFamily(fonts.FAMILY)
    app.setFont(font)
    return app


def engine(module: Path) -> QQmlApplicationEngine:
    """An engine that finds a room's QML module folder and the shared one."""
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(ROOT / "qml"))
    engine.addImportPath(str(module))
    engine.addImageProvider("icon", Icons())
    engine.addImageProvider("code", Codes())
    return engine


def tokens(screen: Screen, palette: str, colours: Colours = STOCK, scale: float = 1.0) -> dict[str, Any]:
    """What the theme is filled with: the hall's own colours, sizes by the screen, `scale` for letters only.

    Every window has them as its property `tokens`. They go no shorter way: the first object of QML that Python gets to
    see, such as the theme itself, costs as much time as the whole window.
    """
    return {
        "palette": palettes(colours)[palette],
        "family": fonts.FAMILY,
        "capital": fonts.CAPITAL,
        "dotsPerMm": screen.dots_per_mm,
        "scale": scale,
    }


def window(engine: QQmlApplicationEngine, module: str, **properties: object) -> QQuickWindow:
    """The room's `Main.qml` as a window; QML's own complaint as the error when it cannot be built."""
    complaints: list[str] = []
    engine.warnings.connect(lambda errors: complaints.extend(error.toString() for error in errors))
    engine.setInitialProperties(properties)
    engine.loadFromModule(module, "Main")
    if not engine.rootObjects():
        raise RuntimeError("; ".join(complaints) or f"{module}.Main did not load")
    return cast(QQuickWindow, engine.rootObjects()[0])


def end_on_signals(app: QGuiApplication) -> QSocketNotifier:
    """SIGTERM and SIGINT end the event loop with 0. Keep what comes back, and disable it when the loop has ended.

    A signal wakes the loop through a pipe: Qt does not wait for Python's handlers. It is not `quit`, which would
    close the window, maybe in the middle of a frame.
    """
    ours, theirs = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(theirs)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(ours, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: app.exit(0))
    return notifier


def picture(window: QQuickWindow, file: Path) -> None:
    """Save what the window shows now as PNG."""
    QGuiApplication.processEvents()  # a window just shown learns its size from an event
    image = window.grabWindow()
    if image.isNull() or not image.save(str(file), "PNG"):  # type: ignore[call-overload]
        raise OSError(f"cannot write the picture {file}")


def local(path: Path) -> str:
    """A file as the URL text QML wants."""
    return QUrl.fromLocalFile(str(path)).toString()
