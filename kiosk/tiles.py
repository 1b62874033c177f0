"""What can be chosen, as tiles: agencies, services, answers, ways to see better. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from assets.words import N_, say, words
from hall import Refusal
from hall.catalogue import Agency, Names, Service, named
from hall.hours import first_to_end
from hall.tickets import Priority
from kiosk.layout import Sheet
from kiosk.look import Look
from kiosk.pages import Ease

Tile = dict[str, Any]
"""`what` and `which` it chooses, `icon`, `name`, `note` (`heard`: the same for the ear) and the note's own icon,
`open`: whether it can be chosen, `on`: whether it is turned on (None: it is nothing to turn on).
"""

Told = Callable[[Refusal, str], str]
"""One of a Refusal's ways to say itself."""

_ANSWERS = (
    ("", "people", N_("No, thank you")),
    (Priority.ELDERLY.value, "elderly", N_("I am 60 or older")),
    (Priority.DISABLED.value, "disabled", N_("I have a disability")),
    (Priority.PREGNANT.value, "pregnant", N_("I am pregnant")),
    (Priority.INFANT.value, "infant", N_("I am with a small child")),
)
_EASES = (
    (Ease.LARGE, "large", N_("Larger letters")),
    (Ease.CONTRAST, "contrast", N_("High contrast")),
    (Ease.LOWER, "lower", N_("Everything lower down")),
    (Ease.SPEECH, "speech", N_("Read aloud")),
)


def agency(look: Look, one: Agency, language: str) -> Tile:
    """An agency, and why it gives no tickets when it gives none."""
    note = shut(look, [service.code for service in one.services], language, Refusal.brief)
    return _tile("agency", one.code, name(one.name, language), icon=one.icon, note=note, open=not note)


def service(look: Look, one: Service, language: str, *, with_agency: bool = False) -> Tile:
    """A service: who waits and how long it takes, or why no ticket can be had."""
    refusal = look.refusals.get(one.code)
    office = look.catalogue.agency_of(one.code) if with_agency else None
    return _tile(
        "service",
        one.code,
        name(one.name, language),
        icon=office.icon if office else "",
        note=refusal.brief(language) if refusal else crowd(look, one.code, language),
        heard="" if refusal else crowd_heard(look, one.code, language),
        sign="closed" if refusal else "people",
        open=refusal is None,
        office=name(office.short or office.name, language) if office else "",
    )


def answers(language: str) -> list[Tile]:
    """The answers to whether one has a right to be called earlier."""
    return [_tile("answer", code, say(language, text), icon=icon) for code, icon, text in _ANSWERS]


def eases(eased: Iterable[Ease], language: str) -> list[Tile]:
    """The ways to see, reach or hear better, those in use turned on."""
    on = set(eased)
    return [_tile("adapt", ease.value, say(language, text), icon=icon, on=ease in on) for ease, icon, text in _EASES]


def spread(tiles: Sequence[Tile], sheet: int, first: Sheet, more: Sheet | None = None) -> dict[str, Any]:
    """One sheet of many tiles; `more` is the grid of every sheet but the first."""
    rest = more or first
    sheets = 1 + max(0, -(-(len(tiles) - first.tiles) // rest.tiles))
    shown = min(sheet, sheets - 1)
    grid = rest if shown else first
    start = first.tiles + (shown - 1) * rest.tiles if shown else 0
    return {
        "tiles": tiles[start : start + grid.tiles],
        "columns": grid.columns,
        "rows": grid.rows,
        "sheet": shown,
        "sheets": sheets,
        "count": len(tiles),
    }


def shut(look: Look, services: Collection[str], language: str, told: Told = Refusal.said) -> str:
    """Why none of the services gives tickets, and when the first does again; empty when one does."""
    reasons = [look.refusals[code] for code in services if code in look.refusals]
    first = first_to_end(reasons)
    if first is None or len(reasons) < len(services):
        return ""
    today = "opens" in first.data and not first.data.get("days")
    if today or first.code == "hall_paused" or len({told(one, language) for one in reasons}) == 1:
        return told(first, language)
    again = first.opens_again(language) if told is Refusal.said else ""
    return " ".join(filter(None, (say(language, N_("No tickets are given now.")), again)))


def crowd(look: Look, code: str, language: str) -> str:
    """How many wait for a service, and about how long it takes."""
    people = look.waiting.get(code, 0)
    if not people:
        return say(language, N_("Nobody is waiting"))
    estimate = look.estimates.get(code)
    said = _people(people, language)
    return f"{said} · {minutes((estimate.low, estimate.high), language)}" if estimate else said


def crowd_heard(look: Look, code: str, language: str) -> str:
    """The same for the ear."""
    people, estimate = look.waiting.get(code, 0), look.estimates.get(code)
    if not people or not estimate:
        return crowd(look, code, language)
    return f"{_people(people, language)}, {minutes_heard((estimate.low, estimate.high), language)}"


def minutes(estimate: tuple[int, int] | None, language: str) -> str:
    """A range of minutes; empty when nothing is known."""
    if estimate is None:
        return ""
    low, high = estimate
    return say(language, N_("{low}–{high} min") if low != high else N_("{high} min"), {"low": low, "high": high})


def minutes_heard(estimate: tuple[int, int] | None, language: str) -> str:
    """The same for the ear."""
    if estimate is None:
        return ""
    low, high = estimate
    if low == high:
        return words(language).ngettext("about {n} minute", "about {n} minutes", high).format(n=high)
    said = words(language).ngettext("{low} to {high} minute", "{low} to {high} minutes", high)
    return said.format(low=low, high=high)


def name(names: Names, language: str) -> str:
    """A name whose "KTP-el" and "ATR/BPN" stay in one piece when the line is broken."""
    return named(names, language).replace("-", "\N{NON-BREAKING HYPHEN}").replace("/", "/\N{WORD JOINER}")


def _people(count: int, language: str) -> str:
    return words(language).ngettext("{n} person waiting", "{n} people waiting", count).format(n=count)


def _tile(what: str, which: str, name: str, **more: Any) -> Tile:
    tile = {"icon": "", "note": "", "heard": "", "sign": "", "office": "", "open": True, "on": None}
    return tile | {"what": what, "which": which, "name": name} | more
