"""What the kiosk can show, and what can happen to it: plain values. The rules between them are in `kiosk.visit`."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

from hall import Refusal, Ticket


class Slip(StrEnum):
    """What the visitor is told of the paper."""

    COMING = "coming"
    READY = "ready"
    NONE = "none"
    """No printer here: the screen is the ticket."""
    FAILED = "failed"
    """Paper was meant to come and did not, or nobody knows; staff see the alarm."""


class Ease(StrEnum):
    """What a visitor may change to see, reach or hear the screen; all of it ends with the visit."""

    LARGE = "large"
    """Letters half as large again, and the slip in large print."""
    LOWER = "lower"
    """Everything to touch in the lower part of the screen."""
    CONTRAST = "contrast"
    SPEECH = "speech"


class Opening(msgspec.Struct, frozen=True):
    """The kiosk has just started and the hall has not answered yet."""


class Agencies(msgspec.Struct, frozen=True):
    """The start page: what people take most, and the agencies."""

    sheet: int = 0
    refusal: Refusal | None = None
    """Why the ticket just asked for could not be had."""


class Services(msgspec.Struct, frozen=True):
    """The services of one agency."""

    agency: str
    origin: int = 0
    """The sheet of agencies to go back to."""
    sheet: int = 0
    refusal: Refusal | None = None


class Search(msgspec.Struct, frozen=True):
    """Services by what the visitor types."""

    typed: str = ""
    sheet: int = 0
    origin: int = 0
    board: int = 0
    """Which of the keyboards is shown."""
    refusal: Refusal | None = None


class CheckIn(msgspec.Struct, frozen=True):
    """A booking by its code: held under the scanner, or typed."""

    typed: str = ""
    origin: int = 0
    refusal: Refusal | None = None


Chooser: TypeAlias = Agencies | Services | Search | CheckIn
"""A page a ticket can be asked for on, and that a refusal leads back to."""


class Asking(msgspec.Struct, frozen=True):
    """Whether the visitor has a right to be called earlier."""

    service: str
    asked: Chooser


class Wish(msgspec.Struct, frozen=True):
    """The one ticket a visitor asks for: for a service, or for a booking's code."""

    request: str
    service: str = ""
    priority: str | None = None
    booking: str = ""


class Printing(msgspec.Struct, frozen=True):
    """The hall was asked for a ticket and has not answered yet."""

    wish: Wish
    asked: Chooser


class Taken(msgspec.Struct, frozen=True):
    """The ticket is issued."""

    ticket: Ticket
    slip: Slip


class Lost(msgspec.Struct, frozen=True):
    """The hall cannot be reached. A visitor whose ticket was asked for gets it when the hall is back in time."""

    printing: Printing | None = None


class Easier(msgspec.Struct, frozen=True):
    """The ways to see, reach or hear better, to be turned on and off."""

    behind: Agencies | Services | Search | CheckIn | Asking | Taken


class Saver(msgspec.Struct, frozen=True):
    """Nobody has been here for a while: the hall's pictures, or its name, wandering."""


class Door(msgspec.Struct, frozen=True):
    """Asks a technician for the PIN."""

    typed: str = ""
    checking: bool = False
    wrong: bool = False
    shut_until: float = 0.0
    """After too many wrong PINs: the moment from which another is taken."""


class Workshop(msgspec.Struct, frozen=True):
    """For the technician: how the devices are, and a few acts."""

    told: str = ""
    """What became of the last act."""


Page: TypeAlias = (
    Opening
    | Agencies
    | Services
    | Search
    | CheckIn
    | Asking
    | Printing
    | Taken
    | Lost
    | Easier
    | Saver
    | Door
    | Workshop
)


class Touch(msgspec.Struct, frozen=True):
    """A finger anywhere: someone is here."""


class ChooseAgency(msgspec.Struct, frozen=True):
    """An agency's tile was tapped."""

    agency: str


class ChooseService(msgspec.Struct, frozen=True):
    """A service's tile was tapped: the visitor wants a ticket."""

    service: str


class Answer(msgspec.Struct, frozen=True):
    """Whether one is to be called earlier, and why; empty: no."""

    priority: str


class OpenSearch(msgspec.Struct, frozen=True):
    """The visitor wants to type what it is about."""


class OpenCheckIn(msgspec.Struct, frozen=True):
    """The visitor has a booking."""


class OpenEasier(msgspec.Struct, frozen=True):
    """The visitor wants to see, reach or hear better."""


class Adapt(msgspec.Struct, frozen=True):
    """One of the ways to do so was tapped: on, or off again."""

    ease: Ease


class Type(msgspec.Struct, frozen=True):
    """A letter of the keyboard on the screen."""

    letter: str


class Erase(msgspec.Struct, frozen=True):
    """The last letter was wrong."""


class Switch(msgspec.Struct, frozen=True):
    """To the letters of another language."""


class Enter(msgspec.Struct, frozen=True):
    """What was typed is complete."""


class Scanned(msgspec.Struct, frozen=True):
    """A scanner read a code."""

    code: str


class Turn(msgspec.Struct, frozen=True):
    """To another sheet of tiles."""

    sheet: int


class Speak(msgspec.Struct, frozen=True):
    """A language was tapped."""

    language: str


class Back(msgspec.Struct, frozen=True):
    """One step back."""


class StartOver(msgspec.Struct, frozen=True):
    """To the start, for this visitor or the next."""


class ToStart(msgspec.Struct, frozen=True):
    """To the start, in the same language and with the same eases: the visit goes on."""


class Another(msgspec.Struct, frozen=True):
    """The visitor, ticket in hand, wants one for another service too."""


class Corner(msgspec.Struct, frozen=True):
    """The hidden corner was touched."""


class Issued(msgspec.Struct, frozen=True):
    """The hall gave the ticket that was asked for."""

    request: str
    ticket: Ticket


class Refused(msgspec.Struct, frozen=True):
    """The hall's rules said no to the request."""

    request: str
    refusal: Refusal


class SlipTold(msgspec.Struct, frozen=True):
    """News of a ticket's paper."""

    ticket: int
    slip: Slip


class HallLost(msgspec.Struct, frozen=True):
    """The hall cannot be reached."""


class HallFound(msgspec.Struct, frozen=True):
    """The hall answers (again)."""


class PinRight(msgspec.Struct, frozen=True):
    """The technician may come in."""


class PinWrong(msgspec.Struct, frozen=True):
    """The PIN was not the one; `wait` seconds have to pass before the next."""

    wait: float = 0.0


class Told(msgspec.Struct, frozen=True):
    """What became of a technician's act."""

    text: str


class Tick(msgspec.Struct, frozen=True):
    """Time has passed."""


Tap: TypeAlias = (
    ChooseAgency
    | ChooseService
    | Answer
    | OpenSearch
    | OpenCheckIn
    | OpenEasier
    | Adapt
    | Type
    | Erase
    | Switch
    | Enter
    | Scanned
    | Turn
    | Speak
    | Back
    | StartOver
    | ToStart
    | Another
    | Corner
)
Event: TypeAlias = Tap | Touch | Issued | Refused | SlipTold | HallLost | HallFound | PinRight | PinWrong | Told | Tick
