"""The running kiosk: taps and the clerk's news go into the visit machine, and its views into the window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from assets import qt
from assets.theme import Colours
from assets.words import LANGUAGES
from hall import Fault, Hall, Refusal, Ticket
from kiosk import visit as visits
from kiosk.clerk import Clerk
from kiosk.views import Look, derive, layout
from kiosk.visit import Event, Printing, Rules, Slip
from kiosk.window import Frame


@dataclass(frozen=True)
class Setup:
    """What an installer says about this kiosk."""

    screen: qt.Screen
    palette: str = "light"
    colours: Colours = field(default_factory=dict)
    name: str = "kiosk-1"
    printer: str | None = "main"
    spare: str | None = None
    large_slips: bool = False
    public_url: str = ""
    idle_seconds: float = 60
    ticket_seconds: float = 20


class Room(QObject):
    """One kiosk. `clock` is steady seconds; everything runs on the thread that made it, but for the clerk's."""

    tiled = Signal()
    """The first frame with something to touch was painted."""
    failed = Signal(object)
    """The Fault that kept the kiosk from reaching its hall at all, or None when the clerk broke off."""

    def __init__(
        self,
        open_hall: Callable[[], Hall],
        setup: Setup,
        frame: Frame | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._setup = setup
        self._clock = clock
        self._look: Look | None = None
        self._closing = False
        self._tiled = False
        self._rules = Rules(LANGUAGES, setup.idle_seconds, setup.ticket_seconds, paper=setup.printer is not None)
        # Nothing else in the world makes the same requests: not another kiosk, not this one before its restart.
        self._visit = visits.begin(self._rules, clock(), f"{setup.name}.{os.urandom(8).hex()}")
        self._clerk = Clerk(open_hall, setup.printer, setup.spare, large=setup.large_slips)
        self._clerk.looked.connect(self._looked)
        self._clerk.found.connect(self._found)
        self._clerk.lost.connect(self._lost)
        self._clerk.issued.connect(self._issued)
        self._clerk.refused.connect(self._refused)
        self._clerk.slip_told.connect(self._slip_told)
        self._clerk.stopped.connect(self._stopped)
        self._clerk.start()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ticked)
        self._layout = layout(setup.screen.width, setup.screen.height)
        self._frame: Frame = frame or Frame()
        self._frame.fit(setup.screen, setup.palette, setup.colours)
        window = self._frame.window
        window.touched.connect(self._touched)  # type: ignore[attr-defined]
        window.agencyChosen.connect(self._agency_chosen)  # type: ignore[attr-defined]
        window.serviceChosen.connect(self._service_chosen)  # type: ignore[attr-defined]
        window.turned.connect(self._turned)  # type: ignore[attr-defined]
        window.spoken.connect(self._spoken)  # type: ignore[attr-defined]
        window.back.connect(self._back)  # type: ignore[attr-defined]
        window.startOver.connect(self._start_over)  # type: ignore[attr-defined]
        window.frameSwapped.connect(self._swapped)
        self.window = window
        self._show()

    @property
    def visit(self) -> visits.Visit:
        """Where the visit stands."""
        return self._visit

    def close(self) -> None:
        """Leave the hall and take the window away."""
        self._closing = True
        self._timer.stop()
        self._clerk.stop()
        self._frame.close()

    def happen(self, event: Event) -> None:
        """Take an event in: change the visit, ask the hall if a ticket is wanted, show the outcome."""
        before, now = visits.wanted(self._visit), self._clock()
        self._visit = visits.step(self._visit, event, now, self._rules)
        wanted = visits.wanted(self._visit)
        if wanted is not None and (before is None or isinstance(event, visits.HallFound)):
            self._ask(wanted)
        self._show()

    def _ask(self, wanted: Printing) -> None:
        self._clerk.issue(wanted.service, self._visit.language, wanted.asked.request)

    def _show(self) -> None:
        if self._look is None and self._frame.shown and isinstance(self._visit.page, visits.Opening):
            return  # the first page stands already, and the hall's first word is not in yet
        self._frame.show(self._view())
        wake = visits.wakes(self._visit, self._rules, self._clock())
        if wake is None:
            self._timer.stop()
        else:
            self._timer.start(int(wake * 1000) + 1)

    def _view(self) -> dict[str, object]:
        return derive(self._visit, self._look, self._rules, self._layout, self._setup.public_url, self._clock())

    @Slot()
    def _ticked(self) -> None:
        self.happen(visits.Tick())

    @Slot(object)
    def _looked(self, look: Look) -> None:
        if self._look is None:
            self.window.update()  # a frame even if the first page stood already: `tiled` waits for one
        self._look = look
        self._rules = replace(self._rules, languages=look.catalogue.languages)
        page = self._visit.page
        if isinstance(page, visits.Services) and page.agency not in {one.code for one in look.catalogue.agencies}:
            self.happen(visits.StartOver())  # the agency has left the catalogue under the visitor's finger
        self._show()

    @Slot()
    def _found(self) -> None:
        self.happen(visits.HallFound())

    @Slot(object)
    def _lost(self, trouble: Fault | Refusal) -> None:
        if self._look is None and isinstance(trouble, Fault):
            self.failed.emit(trouble)
        self.happen(visits.HallLost())

    @Slot(str, object)
    def _issued(self, request: str, ticket: Ticket) -> None:
        self.happen(visits.Issued(request, ticket))

    @Slot(str, object)
    def _refused(self, request: str, refusal: Refusal) -> None:
        self.happen(visits.Refused(request, refusal))

    @Slot(int, str)
    def _slip_told(self, ticket: int, slip: str) -> None:
        self.happen(visits.SlipTold(ticket, Slip(slip)))

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
        self.happen(visits.Touch())

    @Slot(str)
    def _agency_chosen(self, agency: str) -> None:
        self.happen(visits.ChooseAgency(agency))

    @Slot(str)
    def _service_chosen(self, service: str) -> None:
        self.happen(visits.ChooseService(service))

    @Slot(int)
    def _turned(self, sheet: int) -> None:
        self.happen(visits.Turn(sheet))

    @Slot(str)
    def _spoken(self, language: str) -> None:
        self.happen(visits.Speak(language))

    @Slot()
    def _back(self) -> None:
        self.happen(visits.Back())

    @Slot()
    def _start_over(self) -> None:
        self.happen(visits.StartOver())
