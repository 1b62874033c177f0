"""The running kiosk: taps and the clerk's news go into the visit machine, and its views into the window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot

from assets import qt
from assets.theme import Colours
from assets.words import LANGUAGES, N_, say
from hall import Fault, Hall, Refusal, Ticket
from hall.devices import DeviceKind, Pulse
from hall.playlist import Playlist
from hall.printing import JobState
from hall.rooms import LEFT
from kiosk import pages
from kiosk import visit as visits
from kiosk.clerk import Clerk, Order
from kiosk.devices import tested
from kiosk.guidance import Guidance
from kiosk.keys import Keys
from kiosk.layout import Layout, layout
from kiosk.lock import Lock
from kiosk.look import Look
from kiosk.pages import Ease, Event, Slip, Wish
from kiosk.scanner import Scan, belongs, entered, typed
from kiosk.views import Own, derive
from kiosk.visit import READING, Rules
from kiosk.voice import Headphones, Voice
from kiosk.window import Frame

RESTARTED = 0
"""Exit status: whoever runs the kiosk starts it again."""
LOUDER = {"louder": 0.1, "quieter": -0.1}
"""A technician's keys, and what each does to the volume."""
TAPS: Mapping[str, Callable[[str], Event]] = {
    "adapt": lambda which: pages.Adapt(Ease(which)),
    "agency": pages.ChooseAgency,
    "another": lambda _: pages.Another(),
    "answer": pages.Answer,
    "back": lambda _: pages.Back(),
    "booking": lambda _: pages.OpenCheckIn(),
    "corner": lambda _: pages.Corner(),
    "easier": lambda _: pages.OpenEasier(),
    "enter": lambda _: pages.Enter(),
    "erase": lambda _: pages.Erase(),
    "language": pages.Speak,
    "search": lambda _: pages.OpenSearch(),
    "service": pages.ChooseService,
    "start-over": lambda _: pages.StartOver(),
    "stay": lambda _: pages.Touch(),
    "switch": lambda _: pages.Switch(),
    "turn": lambda which: pages.Turn(int(which)),
    "type": pages.Type,
}
"""What a control says it is -> the event it makes of its own `which`."""


class Setup(msgspec.Struct, frozen=True):
    """What an installer says about this kiosk."""

    screen: qt.Screen
    bottom_mm: float = 900
    palette: str = "light"
    colours: Colours = msgspec.field(default_factory=dict)
    own: Own = msgspec.field(default_factory=Own)
    name: str = "kiosk-1"
    printer: str | None = "main"
    spare: str | None = None
    large_slips: bool = False
    public_url: str = ""
    idle_seconds: float = 60
    ticket_seconds: float = 20
    saver_seconds: float = 0
    saver_turn: float = 20
    pictures: Path | None = None
    pin: str = ""
    """The hash of the technician's."""
    speech_key: str = "F9"
    repeat_key: str = ""
    silence_key: str = ""
    sound_device: str = ""
    volume: float = 0.8
    voice_clips: Path | None = None


class Room(QObject):
    """One kiosk. `clock` is steady seconds; everything runs on the thread that made it, but for the clerk's."""

    tiled = Signal()
    """The first frame with something to touch was painted."""
    left = Signal(int)
    """A technician wants the kiosk to end, with this exit status."""
    failed = Signal(object)
    """The Fault that kept the kiosk from reaching its hall at all, or None when the clerk broke off."""

    def __init__(
        self,
        open_hall: Callable[[], Hall],
        setup: Setup,
        frame: Frame | None = None,
        clock: Callable[[], float] = time.monotonic,
        voice: Voice | None = None,
    ) -> None:
        super().__init__()
        self._setup = setup
        self._clock = clock
        self._look: Look | None = None
        self._closing = False
        self._tiled = False
        self._rules = Rules(
            LANGUAGES,
            setup.idle_seconds,
            setup.ticket_seconds,
            setup.saver_seconds,
            setup.saver_turn,
            paper=setup.printer is not None,
            door=setup.pin != "",
            asks=self._asks,
        )
        # Nothing else in the world makes the same requests: not another kiosk, not this one before its restart.
        self._visit = visits.begin(self._rules, clock(), f"{setup.name}.{os.urandom(8).hex()}")
        pulse = Pulse(DeviceKind.KIOSK, setup.name, {"printer": setup.printer} if setup.printer else {})
        self._clerk = Clerk(open_hall, setup.printer, setup.spare, pulse)
        self._clerk.looked.connect(self._looked)
        self._clerk.found.connect(self._found)
        self._clerk.lost.connect(self._lost)
        self._clerk.issued.connect(self._issued)
        self._clerk.refused.connect(self._refused)
        self._clerk.slip_told.connect(self._slip_told)
        self._clerk.tested.connect(self._test_told)
        self._clerk.stopped.connect(self._stopped)
        self._clerk.start()
        self._playlist = Playlist(setup.pictures, clock)
        self._lock = Lock(setup.pin, self)
        self._lock.opened.connect(self._pin_right)
        self._lock.held.connect(self._pin_wrong)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.tick)
        self._frame: Frame = frame or Frame()
        self._frame.fit(setup.screen, setup.palette, setup.colours)
        window = self._frame.window
        self._frame.taps.tapped.connect(self.choose)  # type: ignore[attr-defined]
        self._frame.taps.touched.connect(self._touched)  # type: ignore[attr-defined]
        self._frame.taps.unreadable.connect(self._unreadable)  # type: ignore[attr-defined]
        window.frameSwapped.connect(self._swapped)
        self.window = window
        self.keys = Keys(window, setup.speech_key, setup.repeat_key, setup.silence_key)
        self._scan = Scan()
        self.keys.typed, self.keys.entered = self._typed, self._entered
        self._voice = voice or Headphones(setup.sound_device, setup.volume, setup.voice_clips)
        self.guidance = Guidance(self._frame, self.keys, self._voice, self.happen, self.choose)
        self._show()

    @property
    def visit(self) -> visits.Visit:
        """Where the visit stands."""
        return self._visit

    @property
    def screen(self) -> qt.Screen:
        """What it is laid out for."""
        return self._setup.screen

    def fit(self, screen: qt.Screen) -> None:
        """Lay out anew for another screen."""
        self._setup = replace(self._setup, screen=screen)
        self._frame.fit(screen, self._setup.palette, self._setup.colours)
        self._show()

    def close(self) -> None:
        """Leave the hall and take the window away."""
        self._closing = True
        self._timer.stop()
        self._clerk.stop()
        self._voice.close()
        self._frame.close()

    def happen(self, event: Event) -> None:
        """Take an event in: change the visit, ask the hall if a ticket is wanted, show the outcome."""
        before, now = visits.wanted(self._visit), self._clock()
        entering = self._visit.page
        self._visit = visits.step(self._visit, event, now, self._rules)
        wanted = visits.wanted(self._visit)
        self._knock(entering)
        if wanted is not None and (before is None or isinstance(event, pages.HallFound)):
            self._ask(wanted)
        self._show()

    def _knock(self, before: pages.Page) -> None:
        page = self._visit.page
        if isinstance(page, pages.Door) and page.checking and page != before:
            self._lock.check(page.typed)

    def _ask(self, wanted: Wish) -> None:
        large = self._setup.large_slips or Ease.LARGE in self._visit.eased
        self._clerk.issue(Order(wanted, self._visit.language, large))

    def _asks(self, service: str) -> bool:
        """Being called earlier makes no difference where nobody waits."""
        return self._look is None or self._look.waiting.get(service, 0) > 0

    def _layout(self) -> Layout:
        screen = self._setup.screen
        return layout(screen.width, screen.height, screen.width_mm, self._setup.bottom_mm, self._visit.eased)

    def _show(self) -> None:
        if self._closing:
            return  # what the clerk said last may still be on its way
        if self._look is None and self._frame.shown and isinstance(self._visit.page, pages.Opening):
            return  # the first page stands already, and the hall's first word is not in yet
        view = self._view()
        self._frame.show(view)
        self.guidance.shown(view, self._visit)
        wake = visits.wakes(self._visit, self._rules, self._clock())
        if wake is None:
            self._timer.stop()
        else:
            self._timer.start(int(wake * 1000) + 1)

    def _view(self) -> dict[str, object]:
        shown = self._playlist.pictures() if isinstance(self._visit.page, pages.Saver) else ()
        return derive(
            self._visit,
            self._look,
            self._rules,
            self._layout(),
            self._setup.public_url,
            self._clock(),
            replace(self._setup.own, pictures=[qt.local(picture) for picture in shown]),
        )

    @Slot()
    def tick(self) -> None:
        """Time has passed."""
        page = self._visit.page
        if isinstance(page, pages.Taken) and self.guidance.reading and self._clock() - self._visit.since < READING:
            self.happen(pages.Touch())  # the ticket stays until it is read out
        self.happen(pages.Tick())

    @Slot(object)
    def _looked(self, look: Look) -> None:
        if self._look is None:
            self.window.update()  # a frame even if the first page stood already: `tiled` waits for one
        self._look = look
        self._rules = replace(self._rules, languages=look.catalogue.languages, bookings=look.bookings)
        page = self._visit.page
        if isinstance(page, pages.Services) and page.agency not in {one.code for one in look.catalogue.agencies}:
            self.happen(pages.StartOver())  # the agency has left the catalogue under the visitor's finger
        self._show()

    @Slot()
    def _found(self) -> None:
        self.happen(pages.HallFound())

    @Slot(object)
    def _lost(self, trouble: Fault | Refusal) -> None:
        if self._look is None and isinstance(trouble, Fault):
            self.failed.emit(trouble)
        self.happen(pages.HallLost())

    @Slot(str, object)
    def _issued(self, request: str, ticket: Ticket) -> None:
        self.happen(pages.Issued(request, ticket))

    @Slot(str, object)
    def _refused(self, request: str, refusal: Refusal) -> None:
        self.happen(pages.Refused(request, refusal))

    @Slot(int, str)
    def _slip_told(self, ticket: int, slip: str) -> None:
        self.happen(pages.SlipTold(ticket, Slip(slip)))

    @Slot()
    def _stopped(self) -> None:
        if not self._closing:
            self.failed.emit(None)

    @Slot()
    def _swapped(self) -> None:
        if self._look is not None and not self._tiled:
            self._tiled = True
            QTimer.singleShot(0, self.tiled.emit)  # not amid the frame: who listens may do anything

    @Slot()
    def _touched(self) -> None:
        self.guidance.touched()
        self.happen(pages.Touch())

    @Slot(str, str)
    def choose(self, what: str, which: str) -> None:
        """A control was tapped, or chosen by a key: what it says it is, and its own `which`."""
        self.guidance.chosen(what, which)
        if what in TAPS:
            self.happen(TAPS[what](which))
        elif isinstance(self._visit.page, pages.Workshop):
            self.happen(pages.Touch())
            self._work(what)

    def _typed(self, text: str) -> bool:
        now = self._clock()
        if not belongs(self._scan, text, now):
            return False
        self._scan = typed(self._scan, text, now)
        return True

    def _entered(self) -> bool:
        code = entered(self._scan, self._clock())
        self._scan = Scan()
        if code is not None:
            self.happen(pages.Scanned(code))
        return code is not None

    def _work(self, what: str) -> None:
        """A technician's act."""
        if what == "test-print":
            self._clerk.test()
            self.happen(pages.Told(say(self._visit.language, N_("A test page was asked for."))))
        elif what in LOUDER:
            self._voice.volume = round(min(1.0, max(0.0, self._voice.volume + LOUDER[what])), 1)
            language, told = self._visit.language, N_("Volume {percent} %, until the kiosk starts again.")
            text = say(language, told, {"percent": round(100 * self._voice.volume)})
            self.happen(pages.Told(text))
            self._voice.say(text, language)
        elif what == "restart":
            self.left.emit(RESTARTED)
        elif what == "leave":
            self.left.emit(LEFT)

    @Slot(QUrl)
    def _unreadable(self, picture: QUrl) -> None:
        self._playlist.refuse(Path(picture.toLocalFile()))
        self._show()

    @Slot(str)
    def _test_told(self, state: str) -> None:
        self.happen(pages.Told(say(self._visit.language, tested(JobState(state)))))

    @Slot()
    def _pin_right(self) -> None:
        self.happen(pages.PinRight())

    @Slot(float)
    def _pin_wrong(self, wait: float) -> None:
        self.happen(pages.PinWrong(wait))
