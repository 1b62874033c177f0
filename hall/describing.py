"""The catalogue changed while the hall runs: what differs, whose it is, the file it makes, and the one way to save it.

Whoever saves says which edition the change was made from; a newer one is never overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.words import N_
from hall.catalogue import Catalogue, Document, Rules, build
from hall.errors import Problem, Refusal
from hall.journal import Happening

if TYPE_CHECKING:
    from hall.act import Act
    from hall.rights import Grant

KEPT = 20
"""Changes of one save that the journal keeps in full."""
TABLES = ("zone", "agency", "service", "counter")
"""Keys whose value is a list of tables, each with a code."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two catalogues."""

    place: str
    """By the keys and codes of the file: `agency civil › service card › minutes`."""
    before: str | None
    """None: it was not there."""
    after: str | None


class Describing:
    """The catalogue of one hall, to be read and saved as a document."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Act]],
        writing: Callable[[], AbstractContextManager[Act]],
        learn: Callable[[], None],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._learn = learn

    def now(self) -> tuple[int, dict[str, Any]]:
        """Edition and document, one's own copy. Refusal no_catalogue."""
        with self._reading() as act:
            return act.head.edition, _stored(act)

    def save(
        self,
        document: Document,
        edition: int | None = None,
        *,
        staff: str | None = None,
        grant: Grant | None = None,
        path: str = "",
    ) -> list[Change]:
        """All of it or nothing; what changed. `edition` is the one it was made from, None: whichever there is.

        Refusal bad_catalogue (path, mistakes), catalogue_changed, not_allowed (with a grant: what is not theirs).
        """
        from hall.catalogue_file import mistakes

        if found := mistakes(document):
            raise Refusal("bad_catalogue", path=path, mistakes=found)
        catalogue = build(document)
        with self._writing() as act:
            if edition is not None and edition != act.head.edition:
                raise Refusal("catalogue_changed")
            before = _stored(act) if act.standing.catalogue else {}
            if grant is not None and not all(map(grant.sees, owners(before, document))):
                raise Refusal("not_allowed", right="catalogue")
            _keep_wanted(act, catalogue, path)
            differs = changes(before, document)
            act.storage.catalogue_stored(document)
            act.head = act.head._replace(edition=act.head.edition + 1)
            act.record(
                Happening.CATALOGUE,
                staff=staff,
                services=len(catalogue.services),
                counters=len(catalogue.counters),
                changes=[[one.place, one.before, one.after] for one in differs[:KEPT]] if before else None,
                more=max(0, len(differs) - KEPT) or None,
            )
            act.revise()
        self._learn()
        return differs


def _stored(act: Act) -> dict[str, Any]:
    document = act.storage.catalogue()
    if document is None:
        raise Refusal("no_catalogue")
    return dated(document)


def dated(document: Document) -> dict[str, Any]:
    """A stored document as its file gives it: holidays are dates again."""
    whole = deepcopy(dict(document))
    hall = whole.get("hall", {})
    if "closed" in hall:
        hall["closed"] = [one if isinstance(one, date) else date.fromisoformat(one) for one in hall["closed"]]
    return whole


def _keep_wanted(act: Act, catalogue: Catalogue, path: str) -> None:
    """Nothing that somebody waits for may go. Refusal bad_catalogue."""
    from hall.toml_file import Mistake

    wanted = act.storage.wanted()
    lost = sorted({f"service “{one}”" for one, _ in wanted if one not in catalogue.services})
    lost += sorted({f"counter “{one}”" for _, one in wanted if one and one not in catalogue.counters})
    if lost:
        needed = [Mistake(place, Problem(N_("it is missing, and people are waiting for it")), None) for place in lost]
        raise Refusal("bad_catalogue", path=path, mistakes=needed)


def owners(before: Document, after: Document) -> set[str | None]:
    """The agencies whose part differs; None among them when anything else does, or an agency comes or goes."""
    found: set[str | None] = set()
    old, new = _coded(before.get("agency", ())), _coded(after.get("agency", ()))
    if list(old) != list(new) or any(before.get(k) != after.get(k) for k in {*before, *after} - {"agency"}):
        found.add(None)
    return found | {code for code in old.keys() & new.keys() if old[code] != new[code]}


def changes(before: Document, after: Document) -> list[Change]:
    """Everything that differs, in the order of the file; both documents are right."""
    return list(_differing(before, after, ""))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        old, new = (_meant(place, key, one) for one in (before.get(key), after.get(key)))
        if old == new:
            continue
        if key in TABLES and all(isinstance(one, list | None) for one in (old, new)):
            yield from _tables(_coded(old or ()), _coded(new or ()), place, key)
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from _differing(old, new, _at(place, key))
        else:
            yield Change(_at(place, key), _shown(old), _shown(new))


def _meant(place: str, key: str, value: Any) -> Any:
    """What a file without this key means, where that is a table: it is then compared line by line."""
    if value is None and (place, key) == ("", "rules"):
        return {}
    return Rules().notes if value is None and (place, key) == ("rules", "notes") else value


def _tables(old: Mapping[str, Any], new: Mapping[str, Any], place: str, key: str) -> Iterator[Change]:
    common = [code for code in old if code in new]
    if common != [code for code in new if code in old]:
        yield Change(_at(place, key), ", ".join(old), ", ".join(new))
    for code in dict.fromkeys((*old, *new)):
        at = _at(place, f"{key} {code}")
        if code not in new:
            yield Change(at, _called(old[code]), None)
        elif code not in old:
            yield Change(at, None, _called(new[code]))
        else:
            yield from _differing(old[code], new[code], at)


def _coded(tables: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(table["code"]): table for table in tables}


def _at(place: str, step: str) -> str:
    return f"{place} › {step}" if place else step


def _called(table: Mapping[str, Any]) -> str:
    names = table.get("name") or {}
    return str(next(iter(names.values()), table.get("code", "")))


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def toml(document: Document) -> str:
    """The file that gives this document."""
    from tomlkit import aot, dumps, item, nl
    from tomlkit import document as empty
    from tomlkit.items import Table

    def filled(values: Mapping[str, Any]) -> Table:
        from tomlkit import inline_table, table

        made = table()
        for key, value in values.items():
            if key in TABLES and isinstance(value, list):
                tables = aot()
                for one in value:
                    tables.append(filled(one))
                made.append(key, tables)
            elif isinstance(value, dict):
                line = inline_table()
                line.update(value)
                made.append(key, line)
            else:
                made.append(key, item(value))
        return made

    whole = empty()
    for key, value in document.items():
        if key in TABLES:
            tables = aot()
            for one in value:
                tables.append(filled(one))
            whole.append(key, tables)
        else:
            whole.append(key, filled(value))
        whole.add(nl())
    return dumps(whole)
