"""What the kiosk can show, and what can happen to it: plain values. The rules between them are in `kiosk.visit`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True)
class Opening:
    """The kiosk has just started and the hall has not answered yet."""


@dataclass(frozen=True, slots=True)
class Agencies:
    """The start page: what people take most, and the agencies."""

    sheet: int = 0
    refusal: Refusal | None = None
    """Why the ticket just asked for could not be had."""


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one agency."""

    agency: str
    origin: int = 0
    """The sheet of agencies to go back to."""
    sheet: int = 0
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Services by what the visitor types."""

    typed: str = ""
    sheet: int = 0
    origin: int = 0
    board: int = 0
    """Which of the keyboards is shown."""
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A booking by its code: held under the scanner, or typed."""

    typed: str = ""
    origin: int = 0
    refusal: Refusal | None = None


Chooser: TypeAlias = Agencies | Services | Search | CheckIn
"""A page a ticket can be asked for on, and that a refusal leads back to."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether the visitor has a right to be called earlier."""

    service: str
    asked: Chooser


@dataclass(frozen=True, slots=True)
class Wish:
    """The one ticket a visitor asks for: for a service, or for a booking's code."""

    request: str
    service: str = ""
    priority: str | None = None
    booking: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """The hall was asked for a ticket and has not answered yet."""

    wish: Wish
    asked: Chooser


@dataclass(frozen=True, slots=True)
class Taken:
    """The ticket is issued."""

    ticket: Ticket
    slip: Slip


@dataclass(frozen=True, slots=True)
class Lost:
    """The hall cannot be reached. A visitor whose ticket was asked for gets it when the hall is back in time."""

    printing: Printing | None = None


@dataclass(frozen=True, slots=True)
class Easier:
    """The ways to see, reach or hear better, to be turned on and off."""

    behind: Agencies | Services | Search | CheckIn | Asking | Taken


@dataclass(frozen=True, slots=True)
class Saver:
    """Nobody has been here for a while: the hall's pictures, or its name, wandering."""


@dataclass(frozen=True, slots=True)
class Door:
    """Asks a technician for the PIN."""

    typed: str = ""
    checking: bool = False
    wrong: bool = False
    shut_until: float = 0.0
    """After too many wrong PINs: the moment from which another is taken."""


@dataclass(frozen=True, slots=True)
class Workshop:
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


@dataclass(frozen=True, slots=True)
class Touch:
    """A finger anywhere: someone is here."""


@dataclass(frozen=True, slots=True)
class ChooseAgency:
    """An agency's tile was tapped."""

    agency: str


@dataclass(frozen=True, slots=True)
class ChooseService:
    """A service's tile was tapped: the visitor wants a ticket."""

    service: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one is to be called earlier, and why; empty: no."""

    priority: str


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """The visitor wants to type what it is about."""


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """The visitor has a booking."""


@dataclass(frozen=True, slots=True)
class OpenEasier:
    """The visitor wants to see, reach or hear better."""


@dataclass(frozen=True, slots=True)
class Adapt:
    """One of the ways to do so was tapped: on, or off again."""

    ease: Ease


@dataclass(frozen=True, slots=True)
class Type:
    """A letter of the keyboard on the screen."""

    letter: str


@dataclass(frozen=True, slots=True)
class Erase:
    """The last letter was wrong."""


@dataclass(frozen=True, slots=True)
class Switch:
    """To the letters of another language."""


@dataclass(frozen=True, slots=True)
class Enter:
    """What was typed is complete."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner read a code."""

    code: str


@dataclass(frozen=True, slots=True)
class Turn:
    """To another sheet of tiles."""

    sheet: int


@dataclass(frozen=True, slots=True)
class Speak:
    """A language was tapped."""

    language: str


@dataclass(frozen=True, slots=True)
class Back:
    """One step back."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """To the start, for this visitor or the next."""


@dataclass(frozen=True, slots=True)
class ToStart:
    """To the start, in the same language and with the same eases: the visit goes on."""


@dataclass(frozen=True, slots=True)
class Another:
    """The visitor, ticket in hand, wants one for another service too."""


@dataclass(frozen=True, slots=True)
class Corner:
    """The hidden corner was touched."""


@dataclass(frozen=True, slots=True)
class Issued:
    """The hall gave the ticket that was asked for."""

    request: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Refused:
    """The hall's rules said no to the request."""

    request: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SlipTold:
    """News of a ticket's paper."""

    ticket: int
    slip: Slip


@dataclass(frozen=True, slots=True)
class HallLost:
    """The hall cannot be reached."""


@dataclass(frozen=True, slots=True)
class HallFound:
    """The hall answers (again)."""


@dataclass(frozen=True, slots=True)
class PinRight:
    """The technician may come in."""


@dataclass(frozen=True, slots=True)
class PinWrong:
    """The PIN was not the one; `wait` seconds have to pass before the next."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a technician's act."""

    text: str


@dataclass(frozen=True, slots=True)
class Tick:
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
