"""Use without sight or touch: the keys move the focus, and what comes of it is said to a visitor who wants to listen.

The rules are pure, in `kiosk.focus` and `kiosk.speech`; here the window's controls are seen and the voice is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QPointF, Slot
from PySide6.QtQuick import QQuickItem

from kiosk import pages
from kiosk.focus import Control, Way, first, moved
from kiosk.keys import Act, Keys
from kiosk.pages import Ease, Event
from kiosk.speech import Moment, control, farewell, news
from kiosk.visit import Visit
from kiosk.voice import Voice
from kiosk.window import Frame

REMEMBERED = ("agencies", "services", "search")
"""Pages that who comes back to finds the focus where it was."""


class Guidance(QObject):
    """Of one window. `happen` takes an event in; `choose` what a control says of itself, as from a tap."""

    def __init__(
        self,
        frame: Frame,
        keys: Keys,
        voice: Voice,
        happen: Callable[[Event], None],
        choose: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self._frame, self._voice = frame, voice
        self._happen, self._choose = happen, choose
        self._toggles = keys.toggles
        self._view: dict[str, Any] = {}
        self._steps = 0
        self._controls: list[Control] = []
        self._left: dict[str, str] = {}
        """Page -> the control that had the focus."""
        self._listening = False
        self._told: Moment | None = None
        self._chosen = ""
        self._acting = False
        self._spoke = False
        keys.pressed.connect(self._pressed)

    @property
    def reading(self) -> bool:
        """Whether the visitor is being told something."""
        return self._listening and self._voice.speaking

    @property
    def counting(self) -> bool:
        """Whether the visitor sees or hears seconds counted down, and any key is to stay and nothing else."""
        return self._view["countdown"] > 0 and (self._view["page"] != "ticket" or self._listening)

    @property
    def focus(self) -> Control | None:
        """What has the focus; None when the screen is used by touch."""
        at = self._frame.taps.property("at") if self._keyed else ""
        return next((one for one in self._controls if one.key == at), None)

    def shown(self, view: dict[str, Any], visit: Visit) -> None:
        """The window shows a view: the focus keeps its place, and what is new is said."""
        old, turned = self._view, visit.steps != self._steps
        self._view, self._steps = view, visit.steps
        if turned and view["fresh"] and not self._acting:
            self._left = {}
            self._key(keyed=False)  # the visitor has gone
        listening = Ease.SPEECH in visit.eased
        if self._keyed and view != old:
            self._place(old, turned=turned and (listening or old.get("page") != view["page"]))
        if listening:
            self._tell()
        elif self._listening:
            self._voice.stop()
            self._told = None
            if turned:
                self._voice.say(farewell(old["language"]), old["language"])
        self._listening = listening
        self._chosen = ""

    def touched(self) -> None:
        """A finger is here: nothing needs to show the focus, and the voice falls silent for what comes."""
        self._voice.stop()
        self._key(keyed=False)

    def chosen(self, what: str, which: str) -> None:
        """By key or by finger: what it was is said with what comes of it."""
        if what == "start-over":
            self._left = {}
        tiles = [*self._view.get("popular", ()), *self._view.get("tiles", ())] if what == "service" else []
        self._chosen = next((tile["name"] for tile in tiles if tile["which"] == which), "")

    @Slot(str)
    def _pressed(self, pressed: str) -> None:
        self._voice.stop()
        self._acting, self._spoke = True, False
        try:
            self._act(Way(pressed) if pressed in set(Way) else Act(pressed))
        finally:
            self._acting = False
        if self._listening and not self._spoke and (focus := self.focus) is not None:
            self._say(control(focus, self._view["language"]))

    def _act(self, act: Way | Act) -> None:
        stays, unseen = self.counting or self._view["page"] == "saver", not self._keyed
        self._happen(pages.Touch())
        if act is Act.SPEAK and not self._listening:
            self._key(keyed=True)
            self._place(self._view, turned=False)
            self._happen(pages.Adapt(Ease.SPEECH))
            return
        if unseen and (isinstance(act, Way) or act is Act.CHOOSE):
            self._key(keyed=True)
            self._place(self._view, turned=False)
            if self._listening:
                self._tell()
        elif not stays:
            self._do(act)

    def _do(self, act: Way | Act) -> None:
        match act:
            case Act.CHOOSE:
                if (focus := self.focus) is not None and focus.open:
                    self._choose(focus.what, focus.which)
            case Act.BACK:
                self._happen(pages.Back())
            case Act.HOME:
                self._happen(pages.ToStart())
            case Act.HUSH:
                if self._listening:
                    self._happen(pages.Adapt(Ease.SPEECH))
            case Act.SPEAK | Act.REPEAT:
                self._again(off=act is Act.SPEAK and self._toggles)
            case _:
                self._move(act)

    def _again(self, *, off: bool) -> None:
        if off:
            self._happen(pages.Adapt(Ease.SPEECH))
        elif self._listening:
            self._say(news(None, Moment(self._view, self.focus)))

    def _move(self, way: Way) -> None:
        self._controls = list(self._seen())
        at = moved(self._controls, self._at, way, listening=self._listening, mirrored=self._view["mirrored"])
        self._frame.taps.setProperty("at", at)
        if self._listening:
            self._tell()

    def _tell(self) -> None:
        now = Moment(self._view, self.focus)
        self._say(news(self._told, now, self._chosen))
        self._told = now

    def _place(self, old: dict[str, Any], *, turned: bool) -> None:
        """See which controls there are, and leave the focus where it is if it still is there."""
        page = self._view["page"]
        at = self._at
        if turned and old:
            self._left[old["page"]] = at
            at = self._left.get(page, "") if page in REMEMBERED and old["page"] != page else ""
        self._controls = list(self._seen())
        if at not in {one.key for one in self._controls}:
            at = first(self._controls, page)
        self._frame.taps.setProperty("at", at)

    def _say(self, text: str) -> None:
        """Say it, if it is anything; a language's own name in that language."""
        language, focus = self._view["language"], self.focus
        if focus is not None and focus.what == "language" and text == control(focus, language):
            language = focus.which
        if text:
            self._spoke = True
            self._voice.say(text, language)

    @property
    def _at(self) -> str:
        return str(self._frame.taps.property("at"))

    @property
    def _keyed(self) -> bool:
        return bool(self._frame.taps.property("keyed"))

    def _key(self, *, keyed: bool) -> None:
        if keyed != self._keyed:
            self._frame.taps.setProperty("keyed", keyed)
            self._frame.taps.setProperty("at", "")

    def _seen(self) -> Iterator[Control]:
        return controls(self._frame.window.contentItem())


def controls(item: QQuickItem) -> Iterator[Control]:
    """Everything in a scene that can be focused, in the order of reading; what is there, not what the page says."""
    for child in item.childItems():
        if not child.isVisible() or child.opacity() == 0:
            continue
        if child.property("choosable") is None:
            yield from controls(child)
        elif child.property("what") != "stay":  # any key stays
            place = child.mapToScene(QPointF(0, 0))
            yield Control(
                key=child.objectName(),
                left=place.x(),
                top=place.y(),
                width=child.width(),
                height=child.height(),
                what=child.property("what"),
                which=child.property("which"),
                name=child.property("name"),
                explained=child.property("explained"),
                on=child.property("on"),
                open=child.property("choosable"),
            )
