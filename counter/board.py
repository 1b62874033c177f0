"""The call-board as a web page, for a screen with only a browser: the window's own rules and words in another dress."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse

from assets import fonts
from counter.office import Office, office
from counter.streams import Gone, State, stream
from hall import Refusal
from hall.board import Board
from hall.face import LOST, STALE, Choice, Health, View, derive, turns_in
from hall.look import describe, read
from hall.settings import Palette, Settings
from hall.stage import Rules, Stage, advance

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Zones = Annotated[list[str], Query(alias="zone", max_length=20)]
BEAT = 2.0
"""Seconds after which a board is told again how the hall stands: within 5 s without a word it must say so."""
REGIONS = ("head", "stage", "list")
ROOM, LISTED, LINES = 2, 7, 2
"""What the style sheet has room for: as much as the window on a full HD screen 10 m away, upright too."""


@router.get("/board")
async def page(office: TheOffice, zones: Zones = [], language: str = "", palette: str = "") -> Response:  # noqa: B006
    """The board of some zones or all, a language first; in one of the palettes, or the settings' own."""
    follower = Follower(office, zones, language)
    try:
        state = await office.ask(follower.look)
    except Refusal as refusal:
        raise HTTPException(404) from refusal
    asked = [("zone", zone) for zone in zones] + [("language", language)] * bool(language)
    return office.page(
        "board.html",
        follower.view.language,
        shown=state.shown,
        view=follower.view,
        stale=STALE.total_seconds(),
        lost=LOST.total_seconds(),
        address=f"/board/stream?{urlencode(asked)}",
        palette=palette if palette in get_args(Palette) else office.settings.display.palette,
    )


@router.get("/board/stream")
async def follow(
    request: Request,
    office: TheOffice,
    zones: Zones = [],  # noqa: B006
    language: str = "",
    known: Annotated[str, Header(alias="last-event-id")] = "",
) -> Response:
    """The board, now and after each call, and whenever a call's time is over or another page's turn comes.

    `known` is the last sequence a browser heard of before it lost the line: only calls since then are lit.
    """
    follower = Follower(office, zones, language, int(known) if known.isdecimal() and len(known) < 16 else 0)

    def look() -> State:
        try:
            return follower.look()
        except Refusal as refusal:  # a zone that the catalogue no longer has
            raise Gone from refusal

    whose = f"board {request.client.host if request.client else ''}"
    return stream(office.watch, whose, lambda: office.peek(look))


@router.get("/static/{stamp}/board.ttf")
async def font(stamp: str, office: TheOffice) -> Response:
    """The font of every board."""
    if stamp != office.stamp:
        raise HTTPException(404)
    return FileResponse(fonts.FILE, media_type="font/ttf")


class Follower:
    """One open board: what it has shown so far, from which comes what it shows next."""

    def __init__(self, office: Office, zones: list[str], language: str, known: int = 0) -> None:
        self._office = office
        self._zones = tuple(dict.fromkeys(zones))
        self._language = language
        self._rules, self._choice = _chosen(office.settings)
        self._stage = Stage(seen=known, sequence=known)
        self._last = Board(known, office.hall.now(), ()) if known else None
        self.view: View

    def look(self) -> State:
        """What the board shows now. Blocking. Fault; Refusal unknown_zone."""
        hall, choice = self._office.hall, self._choice
        board = self._last = read(hall, self._zones, self._last, self._rules.replay)
        tick = time.monotonic()
        self._stage = advance(self._stage, board, board.at, tick, self._rules)
        face = describe(hall, self._zones, choice)
        if self._language in face.languages:
            others = tuple(one for one in face.languages if one != self._language)
            face = replace(face, languages=(self._language, *others))
        self.view = view = derive(face, self._stage, board.at, board.at, choice=choice)
        as_of = derive(face, self._stage, board.at, board.at, Health.STALE, choice).fresh
        ends = self._stage.wake
        shown = {
            "sequence": board.sequence,
            "at": view.clock,
            "title": view.heading,
            "regions": {
                name: self._office.html(f"board_{name}.html", view.language, view=view, as_of=as_of) for name in REGIONS
            },
        }
        turn = turns_in(board.at, choice.turn)
        return State(board.sequence, shown, again=min(BEAT, turn, BEAT if ends is None else max(0.0, ends - tick)))


def _chosen(settings: Settings) -> tuple[Rules, Choice]:
    """What the machine's settings say of its board holds for the page too, but for sizes, pictures and code."""
    display = settings.display
    rules = Rules(display.hold_seconds, timedelta(seconds=display.replay_seconds), ROOM, LISTED)
    choice = Choice(
        settings.theme.name,
        display.languages,
        display.turn_seconds,
        display.waiting,
        display.next_up,
        display.messages,
        lines=LINES,
        join=settings.counter.join,
    )
    return rules, choice
