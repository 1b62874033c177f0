"""The announcements of one audio zone: what is said next, and what is left out when calls come faster than speech.

Pure: the journal's news and the time come in; things to say, and a decision about every call, come out. One thing is
said at a time, to its end, in the order of the calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hall.tickets import TicketId


@dataclass(frozen=True, slots=True)
class Rules:
    """How a hall is spoken to."""

    voice: bool = True
    """False: the chime alone."""
    times: int = 1
    """How often a call is said when nobody else waits to be announced."""
    oldest: timedelta = timedelta(seconds=60)
    """A call older than this is not begun any more."""
    repeated_before: int = 1
    """A call is repeated only while fewer than this many others wait;"""
    translated_before: int = 2
    """it is said in the hall's language too, after the visitor's, only before this many;"""
    whole_before: int = 4
    """and from this many on it is the chime, the number and the counter."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the journal tells it."""

    sequence: int
    """Of its event."""
    ticket: TicketId
    number: str
    counter: str
    zone: Mapping[str, str]
    """The names of the counter's zone by language."""
    languages: tuple[str, ...]
    """The visitor's own, then the hall's if that is another."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """A ticket that needs no call any more: served, gone, sent elsewhere."""

    ticket: TicketId


News = Call | Over


class Form(StrEnum):
    """How much of a call is said."""

    FULL = "full"
    SHORT = "short"
    CHIME = "chime"


class Why(StrEnum):
    """What became of a call, and why it was not more."""

    COMPLETE = "complete"
    NOT_REPEATED = "not repeated"
    ONE_LANGUAGE = "one language"
    SHORTENED = "shortened"
    CHIMED_TOGETHER = "chimed together"
    """One chime was for this call and later ones."""
    NO_VOICE = "no voice"
    """The voice is turned off, or failed: there was the chime alone."""
    CALLED_AGAIN = "called again"
    """A newer call of the same ticket took its place."""
    OVER = "over"
    """Served, cancelled or sent elsewhere before all of it was said."""
    TOO_OLD = "too old"
    QUIET = "quiet"
    """It was a quiet time."""
    NO_SOUND = "no sound"
    """There was no device to play on."""
    STOPPED = "stopped"
    """The board was ended before all of it was said; maybe in the middle of a word."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say, whole."""

    call: Call
    language: str
    form: Form
    part: int = 0
    """Which of the call's sayings it is; the first, 0, begins with the chime."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The end of one call in the loudspeaker's log."""

    call: Call
    said: tuple[tuple[str, Form], ...]
    """Language and form, in order; nothing when it was dropped."""
    why: Why
    backlog: int
    """How many other calls waited when this was decided."""
    at: datetime
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class Announcements:
    """What waits, what is being announced, and what was decided in the step that made this."""

    waiting: tuple[Call, ...] = ()
    """In the order of the calls."""
    current: Call | None = None
    said: tuple[tuple[str, Form], ...] = ()
    """Of the current call."""
    backlog: int = 0
    """How many others waited when it was last decided how to go on."""
    began: datetime | None = None
    over: bool = False
    """The current call has become unnecessary."""
    decided: tuple[Decision, ...] = ()


def heard(state: Announcements, news: Iterable[News], now: datetime) -> Announcements:
    """Take in what the journal tells. A ticket called again waits once, by its newest call."""
    waiting, decided, over = list(state.waiting), [], state.over
    for one in news:
        why = Why.CALLED_AGAIN if isinstance(one, Call) else Why.OVER
        for call in [call for call in waiting if call.ticket == one.ticket]:
            waiting.remove(call)
            decided.append(Decision(call, (), why, len(waiting), now))
        if isinstance(one, Call):
            waiting.append(one)
        elif state.current is not None and state.current.ticket == one.ticket:
            over = True
    return replace(state, waiting=tuple(waiting), over=over, decided=tuple(decided))


def upcoming(state: Announcements, now: datetime, rules: Rules, *, quiet: bool) -> tuple[Announcements, Saying | None]:
    """What to say next, once nothing is being said: more of the current call, or the next one, or nothing."""
    decided: list[Decision] = []
    if state.current is not None:
        backlog = len(state.waiting)
        if not (state.over or quiet) and len(state.said) < _parts(state, state.current, rules):
            language = state.current.languages[len(state.said) % len(state.current.languages)]
            return (
                replace(state, backlog=backlog, decided=()),
                Saying(state.current, language, Form.FULL, len(state.said)),
            )
        decided.append(_ended(state, state.current, now, rules, quiet=quiet))
    waiting = list(state.waiting)
    while waiting:
        call = waiting.pop(0)
        if (why := _dropped(call, now, rules, alone=not waiting, quiet=quiet)) is not None:
            decided.append(Decision(call, (), why, len(waiting), now))
            continue
        form = Form.SHORT if len(waiting) >= rules.whole_before else Form.FULL
        saying = Saying(call, call.languages[0], form if rules.voice else Form.CHIME)
        begun = Announcements(tuple(waiting), call, (), len(waiting), now, decided=tuple(decided))
        return begun, saying
    return Announcements(decided=tuple(decided)), None


def spoken(state: Announcements, language: str, form: Form) -> Announcements:
    """The saying is over; in which form it was really heard."""
    return replace(state, said=(*state.said, (language, form)), decided=())


def given_up(state: Announcements, now: datetime, why: Why) -> Announcements:
    """The current call cannot be said, or no more of it."""
    if state.current is None:
        return state
    lost = Decision(state.current, state.said, why, len(state.waiting), now, state.began)
    return Announcements(state.waiting, decided=(lost,))


def stopped(state: Announcements, now: datetime) -> Announcements:
    """The loudspeaker ends: nothing of what waits, and no more of the current call, will be said."""
    ended = given_up(state, now, Why.STOPPED)
    waiting = [
        Decision(call, (), Why.STOPPED, len(state.waiting) - place, now) for place, call in enumerate(state.waiting, 1)
    ]
    return Announcements(decided=(*(ended.decided if state.current else ()), *waiting))


def _parts(state: Announcements, call: Call, rules: Rules) -> int:
    """How many sayings the current call may have, with so many waiting."""
    if any(form is not Form.FULL for _, form in state.said) or len(state.waiting) >= rules.translated_before:
        return 1
    return len(call.languages) * (1 if len(state.waiting) >= rules.repeated_before else rules.times)


def _dropped(call: Call, now: datetime, rules: Rules, *, alone: bool, quiet: bool) -> Why | None:
    if now - call.at > rules.oldest:
        return Why.TOO_OLD
    if quiet:
        return Why.QUIET
    return None if rules.voice or alone else Why.CHIMED_TOGETHER


def _ended(state: Announcements, call: Call, now: datetime, rules: Rules, *, quiet: bool) -> Decision:
    forms = {form for _, form in state.said}
    if Form.CHIME in forms:
        why = Why.NO_VOICE
    elif Form.SHORT in forms:
        why = Why.SHORTENED
    elif len(state.said) >= len(call.languages) * rules.times:
        why = Why.COMPLETE
    elif state.over:
        why = Why.OVER
    elif quiet:
        why = Why.QUIET
    else:
        why = Why.NOT_REPEATED if len(state.said) >= len(call.languages) else Why.ONE_LANGUAGE
    backlog = state.backlog if why is Why.SHORTENED else len(state.waiting)
    return Decision(call, state.said, why, backlog, now, state.began)
