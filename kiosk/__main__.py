"""Starts the kiosk, or takes a picture of one of its pages: `python -m kiosk --help`."""

from __future__ import annotations

import argparse
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication

from assets import qt
from assets.words import LANGUAGES

if TYPE_CHECKING:
    from hall import Fault
    from hall.settings import KioskSettings

FAULT = 3
"""Exit status when the world failed."""


def main() -> int:
    """The exit status: 0 ended as asked, 3 a fault (one sentence on stderr)."""
    options = _options()
    if options.picture is not None:
        return _picture(options.picture, options.language, options.size, options.file, options.palette)
    return _run(announce=options.announce, tour=options.tour)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m kiosk", description="The touch window where a visitor takes a ticket."
    )
    parser.add_argument("--announce", action="store_true", help='say "first frame" once there is something to touch')
    parser.add_argument("--picture", metavar="PAGE", help="save a picture of one page of the demo hall instead")
    parser.add_argument("--tour", type=Path, metavar="FOLDER", help="take one ticket by touch, and save each page")
    parser.add_argument("--language", default=LANGUAGES[0], choices=LANGUAGES)
    parser.add_argument("--size", default="1080x1920", type=_size, metavar="WxH")
    parser.add_argument("--palette", default="light", choices=("light", "dark"))
    parser.add_argument("file", nargs="?", type=Path, help="where to save the picture")
    options = parser.parse_args()
    if (options.picture is None) != (options.file is None):
        parser.error("a picture needs a page and a file")
    if options.picture is not None:
        from kiosk.specimen import PAGES

        if options.picture not in PAGES:
            parser.error(f"there is no page {options.picture}; there are: {', '.join(PAGES)}")
    return options


def _picture(page: str, language: str, size: tuple[int, int], file: Path, palette: str) -> int:
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qt.application("kiosk")
    from kiosk.window import picture

    try:
        picture(page, language, size, file, palette)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return FAULT
    return 0


def _run(*, announce: bool, tour: Path | None) -> int:
    reading = threading.Thread(target=_read_in)
    reading.start()
    app = qt.application("kiosk")
    from kiosk.window import Frame

    frame = Frame()
    reading.join()
    from hall import Fault, Hall
    from hall.settings import load
    from kiosk.room import Room, Setup

    try:
        settings = load()
    except Fault as fault:
        sys.stderr.write(f"{fault}\n")
        return FAULT
    kiosk = settings.kiosk
    fullscreen = kiosk.fullscreen and app.platformName() != "offscreen"
    room = Room(
        lambda: Hall.open(settings.hall, always_open=settings.always_open, create=False),
        Setup(
            screen=_screen(app, kiosk, fullscreen=fullscreen),
            palette=kiosk.palette,
            name=kiosk.name,
            printer=kiosk.printer,
            public_url=settings.counter.public_url,
            idle_seconds=kiosk.idle_seconds,
            ticket_seconds=kiosk.ticket_seconds,
        ),
        frame,
    )
    faults: list[Fault | None] = []

    def failed(fault: Fault | None) -> None:
        faults.append(fault)
        app.exit(FAULT)

    room.failed.connect(failed)
    if announce:
        room.tiled.connect(_announce)
    if tour is not None:
        from kiosk.tour import Tour

        room.tiled.connect(Tour(room, tour).start)
    woken = _quit_on_signals(app)
    if fullscreen:
        room.window.setProperty("locked", True)
        room.window.showFullScreen()
    else:
        room.window.show()
    status = app.exec()
    woken.setEnabled(False)
    room.close()
    for one in faults:
        sys.stderr.write(f"{one or 'The kiosk broke off.'}\n")
    return status


def _screen(app: QGuiApplication, kiosk: KioskSettings, *, fullscreen: bool) -> qt.Screen:
    """The screen of the settings, or the one that is really there when it has another shape."""
    real = app.primaryScreen().size()
    if not fullscreen or (real.width(), real.height()) == (kiosk.width, kiosk.height):
        return qt.Screen(kiosk.width, kiosk.height, kiosk.width_mm)
    from kiosk.window import SHORT_SIDE_MM

    width, height = real.width(), real.height()
    return qt.Screen(width, height, SHORT_SIDE_MM * width / min(width, height))


def _read_in() -> None:
    """The hall's rules and the settings' checks take as long to import as Qt takes to build a window."""
    import kiosk.room  # noqa: F401


def _quit_on_signals(app: QGuiApplication) -> QSocketNotifier:
    ears, mouth = socket.socketpair()
    ears.setblocking(False)
    mouth.setblocking(False)
    signal.set_wakeup_fd(mouth.detach())
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: app.exit())  # quit() would close the window, maybe amid a frame
    # Python looks after a signal only between its own instructions: the byte it writes wakes Qt for that.
    notifier = QSocketNotifier(ears.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: ears.recv(64))
    return notifier


def _announce() -> None:
    sys.stdout.write("first frame\n")
    sys.stdout.flush()


def _size(written: str) -> tuple[int, int]:
    width, _, height = written.partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written} is not a size such as 1080x1920") from None
    if not all(320 <= side <= 8192 for side in size):
        raise argparse.ArgumentTypeError("a side has 320 to 8192 dots")
    return size


if __name__ == "__main__":
    sys.exit(main())
