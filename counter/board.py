"""The call-board as a web page, for a screen with only a browser: the window's own rules and words in another dress."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from assets import fonts
from assets.words import say
from counter import board_fit, board_pictures, board_sizes
from counter.board_sizes import Screen
from counter.office import Office, office
from counter.streams import Gone, State, stream
from hall import Refusal
from hall.board import Board
from hall.face import LOST, STALE, WORDS, Choice, Face, Health, View, derive, turns_in
from hall.look import describe, read
from hall.playlist import KINDS
from hall.settings import DisplaySettings, Palette, Settings
from hall.sizes import Sizes
from hall.stage import Rules, Stage, advance

router = APIRouter()

BEAT = 2.0
"""Seconds after which a board is told again how the hall stands: within 5 s without a word it must say so."""
REGIONS = ("head", "stage", "list")


class Asked(BaseModel, frozen=True):
    """What an address may ask for; all else is as the settings say."""

    zone: tuple[str, ...] = Field((), max_length=20)
    """Their codes; none: the whole hall."""
    language: str = Field("", max_length=20)
    """First."""
    palette: str = Field("", max_length=20)
    width_mm: float | None = Field(None, gt=50, lt=10_000)
    """Of the screen's longer side."""
    distance_m: float | None = Field(None, gt=0, le=60)
    upright: bool | None = None
    """How the browser says the screen hangs."""

    def screen(self, display: DisplaySettings) -> Screen:
        """The screen this board is for."""
        screen = Screen.of(display, self.width_mm, self.distance_m)
        return screen if self.upright is None else screen.turned(upright=self.upright)

    def address(self, path: str, *names: str) -> str:
        """An address that asks for some of the same."""
        asked = self.model_dump(include=set(names), exclude_defaults=True)
        return f"{path}?{urlencode(asked, doseq=True)}"


TheOffice = Annotated[Office, Depends(office)]
TheAsked = Annotated[Asked, Query()]


@router.get("/board")
async def page(office: TheOffice, asked: TheAsked) -> Response:
    """The board of some zones or all, a language first; in one of the palettes, for a screen and a distance."""
    follower = Follower(office, asked)
    try:
        state = await office.ask(follower.look)
    except Refusal as refusal:
        raise HTTPException(404) from refusal
    return office.page(
        "board.html",
        follower.view.language,
        shown=state.shown,
        lost_words=[[say(code, WORDS[place]) for place in ("lost", "listen")] for code in follower.face.languages[:2]],
        stale=STALE.total_seconds(),
        lost=LOST.total_seconds(),
        address=asked.address("/board/stream", "zone", "language", "width_mm", "distance_m"),
        sizes=asked.address("/board/sizes.css", "width_mm", "distance_m"),
        palette=asked.palette if asked.palette in get_args(Palette) else office.settings.display.palette,
    )


@router.get("/board/stream")
async def follow(
    request: Request,
    office: TheOffice,
    asked: TheAsked,
    known: str = "",
    last: Annotated[str, Header(alias="last-event-id")] = "",
) -> Response:
    """The board, now and after each call, and whenever a call's time is over or another page's turn comes.

    `last` is the sequence a browser heard of before it lost the line, `known` the one before the page itself gave the
    line up: only calls since then are lit.
    """
    follower = Follower(office, asked, _sequence(last) or _sequence(known))

    def look() -> State:
        try:
            return follower.look()
        except Refusal as refusal:  # a zone that the catalogue no longer has
            raise Gone from refusal

    whose = f"board {request.client.host if request.client else ''}"
    return stream(office.watch, whose, lambda: office.peek(look))


@router.get("/board/sizes.css")
async def lengths(office: TheOffice, asked: TheAsked) -> Response:
    """How large everything is on this screen."""
    display = office.settings.display
    return Response(board_sizes.css(asked.screen(display), display.turn_seconds), media_type="text/css")


@router.get(f"{board_pictures.PATH}/{{version}}/{{name}}")
async def picture(version: str, name: str, office: TheOffice) -> Response:
    """One of the hall's pictures, if a board was told of it."""
    file = office.pictures.file(version, name)
    if file is None or not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, media_type=KINDS[file.suffix.lower()])


@router.get("/static/{stamp}/board.ttf")
async def font(stamp: str, office: TheOffice) -> Response:
    """The font of every board."""
    if stamp != office.stamp:
        raise HTTPException(404)
    return FileResponse(fonts.FILE, media_type="font/ttf")


class Follower:
    """One open board: what it has shown so far, from which comes what it shows next."""

    view: View
    face: Face

    def __init__(self, office: Office, asked: Asked, known: int = 0) -> None:
        self._office = office
        self._zones = tuple(dict.fromkeys(asked.zone))
        self._language = asked.language
        sizes = asked.screen(office.settings.display).sizes
        self._fit = board_fit.fitter(sizes)
        self._rules, self._choice = _chosen(office.settings, sizes)
        self._stage = Stage(seen=known, sequence=known)
        self._last = Board(known, office.hall.now(), ()) if known else None

    def look(self) -> State:
        """What the board shows now. Blocking. Fault; Refusal unknown_zone."""
        hall = self._office.hall
        choice = replace(self._choice, pictures=self._office.pictures.addresses())
        board = self._last = read(hall, self._zones, self._last, self._rules.first)
        tick = time.monotonic()
        self._stage = advance(self._stage, board, board.at, tick, self._rules)
        face = describe(hall, self._zones, choice)
        if self._language in face.languages:
            others = tuple(one for one in face.languages if one != self._language)
            face = replace(face, languages=(self._language, *others))
        self.face = face
        self.view = view = derive(face, self._stage, board.at, board.at, choice=choice)
        ends = self._stage.wake
        values: dict[str, Any] = {
            "view": view,
            "as_of": derive(face, self._stage, board.at, board.at, Health.STALE, choice).head,
            "qr": board_pictures.code(str(view.page["source"])) if view.page["kind"] == "code" else "",
            "fit": self._fit,
        }
        shown = {
            "sequence": board.sequence,
            "at": view.clock,
            "language": view.language,
            "title": view.heading,
            "regions": {name: self._office.html(f"board_{name}.html", view.language, **values) for name in REGIONS},
        }
        turn = turns_in(board.at, choice.turn)
        return State(board.sequence, shown, again=min(BEAT, turn, BEAT if ends is None else max(0.0, ends - tick)))


def _sequence(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _chosen(settings: Settings, sizes: Sizes) -> tuple[Rules, Choice]:
    """What the machine's settings say of its board holds for the page too."""
    display = settings.display
    rules = Rules(display.hold_seconds, timedelta(seconds=display.replay_seconds), sizes.room, sizes.listed)
    choice = Choice(
        settings.theme.name,
        display.languages,
        display.turn_seconds,
        display.waiting,
        display.next_up,
        display.messages,
        address=settings.counter.public_url if display.qr else "",
        lines=sizes.lines,
        letters=sizes.letters(),
        join=settings.counter.join,
    )
    return rules, choice
