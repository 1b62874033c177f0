"""The running kiosk as a process: the first page at once, then the room that lives behind it, until a signal."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from assets import qt
from kiosk.ahead import Ahead, FirstPage
from kiosk.logo import ready
from kiosk.window import SHORT_SIDE_MM, Frame

if TYPE_CHECKING:
    from hall import Fault
    from hall.settings import KioskSettings
    from kiosk.room import Room

FAULT = 3


def run(ahead: Ahead, *, announce: bool, tour: Path | None) -> int:
    """The exit status."""
    app = qt.application("kiosk")
    kiosk = Kiosk(app, Frame(), announce=announce, tour=tour)
    woken = qt.end_on_signals(app)
    page = ahead.take()
    if page is None or not kiosk.show(page):
        QTimer.singleShot(0, kiosk.live)
    status = app.exec()
    woken.setEnabled(False)
    return kiosk.end(status)


class Kiosk(QObject):
    """From the first frame to the last."""

    def __init__(self, app: QGuiApplication, frame: Frame, *, announce: bool, tour: Path | None) -> None:
        super().__init__()
        self._app = app
        self._frame = frame
        self._announce = announce
        self._tour = tour
        self._room: Room | None = None
        self._monitor: QObject | None = None
        self._painted = False
        self._faults: list[Fault | str] = []

    def show(self, page: FirstPage) -> bool:
        """The first page, if it was made for the screen that is there; the room comes to life after its first frame."""
        screen = qt.Screen(page.width, page.height, page.width_mm)
        if self._covers(page.fullscreen) and self._real(page.screen) != (page.width, page.height):
            return False
        self._frame.fit(screen, page.palette, page.colours)
        if page.logo:
            self._frame.wear(ready(page.logo))
        self._frame.show(page.view)
        self._frame.window.frameSwapped.connect(self._swapped)
        self._open(page.fullscreen, page.screen)
        return True

    @Slot()
    def live(self) -> None:
        """Go to the hall, and take over what is shown."""
        from hall import Fault, Hall
        from hall.settings import load
        from kiosk.own import own
        from kiosk.room import Room, Setup

        try:
            settings = load()
        except Fault as fault:
            self._failed(fault)
            return
        kiosk = settings.kiosk
        gc.freeze()  # a collection may run in any thread, and Qt's objects must not die in another than their own
        self._room = room = Room(
            lambda: Hall.open(settings.hall, always_open=settings.always_open, create=False),
            Setup(
                screen=self._screen(kiosk),
                bottom_mm=kiosk.bottom_mm,
                palette=kiosk.palette,
                colours=settings.theme.colours,
                own=own(settings.theme),
                name=kiosk.name,
                printer=kiosk.printer or None,
                spare=kiosk.spare or None,
                large_slips=kiosk.large_slips,
                public_url=settings.counter.public_url,
                idle_seconds=kiosk.idle_seconds,
                ticket_seconds=kiosk.ticket_seconds,
                saver_seconds=kiosk.saver_seconds,
                saver_turn=kiosk.saver_turn,
                pictures=kiosk.pictures,
                pin=kiosk.pin,
                speech_key=kiosk.speech_key,
                repeat_key=kiosk.repeat_key,
                silence_key=kiosk.silence_key,
                sound_device=kiosk.sound_device,
                volume=kiosk.volume,
                voice_clips=kiosk.voice_clips,
            ),
            self._frame,
        )
        room.failed.connect(self._failed)
        room.left.connect(self._app.exit)
        if self._announce and not self._painted:
            room.tiled.connect(_say_first_frame)
        if self._tour is not None:
            from kiosk.tour import Tour

            room.tiled.connect(Tour(room, self._tour).start)
        if not self._painted:
            self._open(kiosk.fullscreen, kiosk.screen)

    def end(self, status: int) -> int:
        """Take everything away; the exit status."""
        if self._room is not None:
            self._room.close()
        else:
            self._frame.close()
        for fault in self._faults:
            sys.stderr.write(f"{fault}\n")
        return status

    @Slot()
    def _swapped(self) -> None:
        if self._painted:
            return
        self._painted = True
        if self._announce:
            _say_first_frame()
        QTimer.singleShot(0, self.live)  # not inside the frame being painted

    @Slot(object)
    def _failed(self, fault: Fault | None) -> None:
        self._faults.append(fault or "The kiosk broke off.")
        self._app.exit(FAULT)

    def _open(self, fullscreen: bool, screen: str) -> None:
        if self._covers(fullscreen):
            from assets.monitor import Monitor

            self._monitor = Monitor(self._app, self._frame, screen, self._moved)
        else:
            self._frame.window.show()

    def _moved(self, width: int, height: int) -> None:
        if self._room is not None and (width, height) != (self._room.screen.width, self._room.screen.height):
            self._room.fit(_guessed(width, height))

    def _covers(self, fullscreen: bool) -> bool:
        """Whether the window covers a screen: the one drawn unseen has no size worth covering."""
        return fullscreen and self._app.platformName() != "offscreen"

    def _real(self, name: str) -> tuple[int, int]:
        named = (one for one in self._app.screens() if not name or one.name() == name)
        real = next(named, self._app.primaryScreen()).size()
        return real.width(), real.height()

    def _screen(self, kiosk: KioskSettings) -> qt.Screen:
        """The screen of the settings, or the one that is really there when it has another shape."""
        width, height = self._real(kiosk.screen)
        if not self._covers(kiosk.fullscreen) or (width, height) == (kiosk.width, kiosk.height):
            return qt.Screen(kiosk.width, kiosk.height, kiosk.width_mm)
        return _guessed(width, height)


def _guessed(width: int, height: int) -> qt.Screen:
    return qt.Screen(width, height, SHORT_SIDE_MM * width / min(width, height))


def _say_first_frame() -> None:
    sys.stdout.write("first frame\n")
    sys.stdout.flush()
