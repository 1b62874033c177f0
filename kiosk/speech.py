"""What a visitor who listens is told: from what the screen shows now and what it showed before. Pure.

Only what is new is said. Texts are for the ear: whole sentences, no signs that stand for words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assets.words import N_, say, words
from kiosk.focus import Control

MARKS = (30, 20, 10)
"""Seconds of the countdown that are said."""
TYPING = ("search", "check-in")
CHOOSING = ("agencies", "services", "asking", "easier")
LOST = (
    N_("One moment, please"),
    N_(
        "The ticket machine cannot reach the queue just now. It comes back by itself."
        " Please ask the staff for a number if you are in a hurry."
    ),
)
SLIPS = {
    "coming": (N_("Your slip is being printed"),),
    "ready": (N_("Take your slip"),),
    "none": (N_("There is no paper slip here. Your number is valid."), N_("Please remember it.")),
    "failed": (
        N_("The slip could not be printed. Staff have been told. Your number is valid."),
        N_("Please remember it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What the screen shows, and what has the focus when it is used by keys."""

    view: dict[str, Any]
    focus: Control | None = None


def news(before: Moment | None, now: Moment, chosen: str = "") -> str:
    """What is new since a moment (None: everything), after the name of what was chosen; empty when nothing is."""
    view, old = now.view, before.view if before else {}
    language = view["language"]
    turned = _place(old) != _place(view)
    said: list[str] = []
    if turned:
        page = _page(view)
        said += [chosen, *page] if not any(chosen in one for one in page) else page
    if view["page"] in TYPING and (turned or old["typed"] != view["typed"]):
        said += [_spelt(view) if turned else _struck(old["typed"], view["typed"], language), _found(view)]
    if not turned:
        said += _switched(old, view)
    if now.focus is not None:
        if before is None or before.focus is None or old["language"] != language or (turned and view["ticket"]):
            said += _how(view)
        if turned or before is None or before.focus is None or before.focus.key != now.focus.key:
            said.append(control(now.focus, language))
    mark = _mark(view)
    if mark and mark != _mark(old):
        said += _stay(mark, language, keyed=now.focus is not None)
    return _joined(said)


def control(one: Control, language: str) -> str:
    """A control's name, what is explained of it, and whether it is on."""
    state = ""
    if one.what == "language":
        state = say(language, N_("chosen")) if one.on else ""
    elif one.on is not None:
        state = say(language, N_("on") if one.on else N_("off"))
    return _joined([", ".join(part for part in (one.name, state) if part), one.explained])


def farewell(language: str) -> str:
    """The visit is over, and speech with it."""
    return say(language, N_("The screen is back at the start. Speech is off."))


def _place(view: dict[str, Any]) -> tuple[object, ...]:
    """What makes a page another to the ear: not the people who come and go meanwhile."""
    if not view:
        return ()
    ticket = view["ticket"]
    return (
        *(view[part] for part in ("page", "language", "title", "sheet", "notice")),
        ticket.get("number"),
        ticket.get("slip"),
    )


def _page(view: dict[str, Any]) -> list[str]:
    language, page = view["language"], view["page"]
    match page:
        case "ticket":
            return _ticket(view["ticket"], language)
        case "printing":
            return [say(language, N_("Your ticket is being made"))]
        case "lost":
            return [say(language, text) for text in LOST]
        case "shut":
            return [view["notice"], say(language, N_("This screen is ready again as soon as tickets are given."))]
        case _:
            return [view["title"], view["notice"] or ("" if view["typed"] else view["hint"]), *_choices(view)]


def _ticket(ticket: dict[str, Any], language: str) -> list[str]:
    ahead = ticket["ahead"]
    wait = ticket["heard"]
    return [
        say(language, N_("Your number is {number}."), {"number": ticket["number"]}),
        ticket["service"],
        ticket["agency"],
        say(language, N_("Nobody is before you.")) if ahead == "0" else f"{ahead} {ticket['aheadLabel']}",
        say(language, N_("The wait is {wait}."), {"wait": wait})
        if wait
        else say(language, N_("The wait is not known yet")),
        say(language, N_("Please wait here: {place}."), {"place": ticket["place"]}) if ticket["place"] else "",
        *(say(language, text) for text in SLIPS[ticket["slip"]]),
    ]


def _choices(view: dict[str, Any]) -> list[str]:
    if view["page"] not in CHOOSING:
        return []
    language, count = view["language"], view["count"] + len(view["popular"])
    return [
        words(language).ngettext("{n} choice", "{n} choices", count).format(n=count),
        say(language, N_("Page {n} of {all}."), {"n": view["sheet"] + 1, "all": view["sheets"]})
        if view["sheets"] > 1
        else "",
    ]


def _how(view: dict[str, Any]) -> list[str]:
    """How to move, or on a ticket how to end."""
    if view["page"] == "ticket":
        return [say(view["language"], N_("Press Enter to finish."))]
    return [say(view["language"], N_("Move with the arrow keys and choose with Enter. Back leads one step back."))]


def _found(view: dict[str, Any]) -> str:
    language, count = view["language"], view["count"]
    if view["page"] != "search" or not view["typed"].strip():
        return ""
    if not count:
        return say(language, N_("Nothing found. Try another word."))
    return words(language).ngettext("{n} service found", "{n} services found", count).format(n=count)


def _spelt(view: dict[str, Any]) -> str:
    letters = ", ".join(_letter(one, view["language"]) for one in view["typed"])
    return say(view["language"], N_("Typed so far: {letters}."), {"letters": letters}) if letters else ""


def _struck(before: str, typed: str, language: str) -> str:
    """A letter that was typed, or erased."""
    if len(typed) > len(before):
        return _letter(typed[-1], language)
    return say(language, N_("{letter} erased."), {"letter": _letter(before[-1], language)})


def _letter(letter: str, language: str) -> str:
    return say(language, N_("Space")) if letter == " " else letter.upper()


def _switched(old: dict[str, Any], view: dict[str, Any]) -> list[str]:
    """The ways to see better that were turned on or off."""
    before = {tile["which"]: tile["on"] for tile in old["tiles"]}
    language = view["language"]
    return [
        f"{tile['name']}, {say(language, N_('on') if tile['on'] else N_('off'))}"
        for tile in view["tiles"]
        if tile["on"] is not None and tile["on"] != before.get(tile["which"])
    ]


def _mark(view: dict[str, Any]) -> int:
    left = view.get("countdown", 0)
    return min((mark for mark in MARKS if left <= mark), default=0) if left else 0


def _stay(seconds: int, language: str, *, keyed: bool) -> list[str]:
    return [
        say(language, N_("The screen goes back to the start in {seconds} seconds."), {"seconds": seconds}),
        say(language, N_("Press any key to stay.") if keyed else N_("Touch the screen to stay.")),
    ]


def _joined(said: list[str]) -> str:
    """Sentences, each with an end, and without the signs that only keep a line together."""
    texts = [text.strip() for text in said if text.strip()]
    text = " ".join(one if one[-1] in ".?!…" else f"{one}." for one in texts)
    return text.replace("\N{NON-BREAKING HYPHEN}", "-").replace("\N{WORD JOINER}", "").replace(" · ", ", ")
