"""The catalogue in a browser: what there is, a form for each table, and the whole as a file, down and up.

Nothing is saved before its changes were shown; what is saved passes the very checks of the file, and all at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from assets.logo import LARGEST, MOST_BYTES
from assets.words import LANGUAGES, N_, NAMES, say
from counter.access import Staff, book, language_of, may
from counter.manage.fields import FORMS, doubled, empty_rows, note_rows, shown
from counter.manage.fields import made as table_made
from counter.office import Office, office
from hall import Refusal
from hall.catalogue import named
from hall.catalogue_file import Place, mistakes, wrong
from hall.catalogue_file import said as placed
from hall.describing import changes, owners, toml
from hall.errors import Problem
from hall.hours import DAYS
from hall.rights import Right
from hall.toml_file import Mistake, read

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(language_of)]
TheStaff = Annotated[Staff, Depends(may(Right.CATALOGUE))]
TheManager = Annotated[Staff, Depends(may(Right.RUN))]
Book = Annotated[FormData, Depends(book)]
Word = Annotated[str, Query(max_length=100)]
ARROWS = {"left": N_("Left"), "right": N_("Right"), "up": N_("Straight on"), "down": N_("Down")}
NOTES = "notes"
"""The key whose value is a table of small tables, a row of inputs for each."""
OWN = frozenset({"agency", "service"})
"""Kinds of table that a supervisor may describe, of the own agency."""


class Table(NamedTuple):
    """Which table of the document is meant."""

    kind: str
    code: str
    """Of a service with its agency's; empty for a new one, and for hall and rules."""
    agency: str = ""
    """Of a new service."""


@router.get("/catalogue")
async def page(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """All tables there are; of a supervisor the own agency's."""
    edition, document = await office.ask(office.hall.describing.now)
    agencies = [one for one in document["agency"] if staff.grant.sees(one["code"])]
    return office.page(
        "manage_catalogue.html",
        language,
        staff=staff,
        edition=edition,
        document=document,
        agencies=agencies,
        named=named,
        whole=staff.grant.agency is None,
        back="/catalogue",
    )


@router.get("/catalogue/file")
async def download(office: TheOffice, _: TheManager) -> Response:
    """The catalogue as its file; loaded again it is the same catalogue."""
    edition, document = await office.ask(office.hall.describing.now)
    attached = {"Content-Disposition": f'attachment; filename="catalogue-{edition}.toml"'}
    return Response(await office.ask(toml, document), media_type="application/toml", headers=attached)


@router.post("/catalogue/file")
async def upload(office: TheOffice, language: Language, staff: TheManager, fields: Book) -> Response:
    """A file instead of the whole: its mistakes by line, or what it would change, and saved only after that."""
    given = fields.get("file")
    try:
        text = (await given.read()).decode("utf-8-sig") if isinstance(given, UploadFile) else _one(fields, "text")
        document = read(text.replace("\r\n", "\n"), "bad_catalogue")
    except UnicodeDecodeError:
        return _mistaken(office, language, staff, [Mistake("", Problem(N_("it is not UTF-8 text")), None)])
    except Refusal as refusal:
        return _mistaken(office, language, staff, refusal.data["mistakes"])
    if found := await office.ask(mistakes, document, text):
        return _mistaken(office, language, staff, found)
    return await _checked(office, language, staff, fields, document, {"text": [text]}, "/catalogue/file", "/catalogue")


@router.get("/catalogue/edit")
async def edit(
    office: TheOffice, language: Language, staff: TheStaff, kind: Word, code: Word = "", agency: Word = ""
) -> Response:
    """The form of one table, or of a new one."""
    table = Table(kind, code, agency)
    edition, document = await office.ask(office.hall.describing.now)
    _theirs(staff, table)
    place = _place(document, table)
    typed = shown(_at(document, place), FORMS[kind])
    return _form(office, language, staff, document, table, edition, typed, place)


async def hall_form(office: Office, language: str, staff: Staff, said: str) -> Response:
    """The form of the hall itself, with what is wrong with the logo that was sent."""
    table = Table("hall", "")
    edition, document = await office.ask(office.hall.describing.now)
    place = _place(document, table)
    return _form(
        office, language, staff, document, table, edition, shown(_at(document, place), FORMS["hall"]), place, said=said
    )


@router.post("/catalogue/edit")
async def change(office: TheOffice, language: Language, staff: TheStaff, fields: Book) -> Response:
    """Check a table, save it or take it out (`do`). Refused, the form comes again with each mistake at its field."""
    table = Table(*(_one(fields, name) for name in ("kind", "code", "agency")))
    _theirs(staff, table)
    edition, before = await office.ask(office.hall.describing.now)
    place = _place(before, table)
    typed = {name: [one for one in fields.getlist(name) if isinstance(one, str)] for name in fields}
    removing = _one(fields, "do") in ("remove", "save-remove")
    after = _without(before, place) if removing else _with(before, place, table, typed)
    found = await office.ask(wrong, after)
    if found or _one(fields, "do") == "edit" or any(doubled(typed, NOTES)):
        if removing:
            typed = shown(_at(before, place), FORMS[table.kind])
        told = None if _one(fields, "do") == "edit" else found
        return _form(office, language, staff, before, table, edition, typed, place, told, after)
    own = {name: values for name, values in typed.items() if name not in ("csrf", "edition", "do")}
    return await _checked(office, language, staff, fields, after, own, "/catalogue/edit", "", removing=removing)


async def _checked(
    office: Office,
    language: str,
    staff: Staff,
    fields: FormData,
    document: Mapping[str, Any],
    typed: Mapping[str, Sequence[str]],
    address: str,
    back: str,
    *,
    removing: bool = False,
) -> Response:
    """Save a document without mistakes if its changes were shown, and nothing changed since; else show them."""
    describing, refusal = office.hall.describing, None
    edition, before = await office.ask(describing.now)
    if not all(map(staff.grant.sees, owners(before, document))):
        raise Refusal("not_allowed", right="catalogue")
    seen = _one(fields, "edition")
    asked = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 18 else -1
    if asked != edition:
        refusal = Refusal("catalogue_changed")
    elif _one(fields, "do") in ("save", "save-remove"):
        try:
            await office.ask(describing.save, document, asked, staff=staff.name, grant=staff.grant)
            return RedirectResponse("/catalogue", 303)
        except Refusal as refused:
            if refused.code == "bad_catalogue":
                return _mistaken(office, language, staff, refused.data["mistakes"])
            refusal = refused
            edition, before = await office.ask(describing.now)
    return office.page(
        "manage_changes.html",
        language,
        409 if refusal else 200,
        staff=staff,
        changes=changes(before, document),
        typed=typed,
        edition=edition,
        address=address,
        editable=not back,
        removing=removing,
        said=refusal.said(language) if refusal else "",
        back="/catalogue",
    )


def _form(
    office: Office,
    language: str,
    staff: Staff,
    document: Mapping[str, Any],
    table: Table,
    edition: int,
    typed: Mapping[str, Sequence[str]],
    place: Place,
    found: Sequence[tuple[Place, str]] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    said: str = "",
) -> Response:
    at_fields: dict[str, list[str]] = {}
    elsewhere: list[str] = []
    own = {field.key: field for field in FORMS[table.kind]}
    rows = note_rows(typed, NOTES)
    row_of = {code: row for row, code in rows.items() if not typed.get(f"{row}.out")}
    for name, twice in doubled(typed, NOTES) if found is not None else ():
        at_fields.setdefault(name, []).append(_told(twice, language))
    for where, problem in found or ():
        rest = where[len(place) :] if where[: len(place)] == place else ()
        if rest and rest[0] in own:
            field = own[str(rest[0])]
            if field.kind == "notes" and len(rest) > 1:
                row, cell = row_of[str(rest[1])], rest[2] if len(rest) > 2 and rest[2] in LANGUAGES else "code"
                at_fields.setdefault(f"{row}.{cell}", []).append(_told(problem, language))
                continue
            part = f".{rest[1]}" if len(rest) > 1 and field.kind in ("names", "words") else ""
            at_fields.setdefault(f"{field.input}{part}", []).append(_told(problem, language))
        else:
            elsewhere.append(f"{placed(after, where)}: {_told(problem, language)}")
    agencies = document["agency"]
    return office.page(
        "manage_table.html",
        language,
        409 if at_fields or elsewhere or said else 200,
        staff=staff,
        table=table,
        kept=office.logo.kept_address,
        limits={"megabytes": MOST_BYTES // 1_000_000, "most": LARGEST},
        said=said,
        fields=FORMS[table.kind],
        notes=rows,
        new_notes=empty_rows(typed, NOTES),
        typed=typed,
        wrong=at_fields,
        elsewhere=elsewhere,
        edition=edition,
        removable=bool(table.code) and (staff.grant.agency is None or table.kind == "service"),
        names={code: NAMES[code] for code in LANGUAGES},
        days=dict(zip(DAYS, _weekdays(language), strict=True)),
        zones={one["code"]: named(one["name"], language) for one in document["zone"]},
        offers=[
            (
                one["code"],
                named(one["name"], language),
                [(f"{one['code']}.{each['code']}", named(each["name"], language)) for each in one["service"]],
            )
            for one in agencies
        ],
        arrows={code: say(language, name) for code, name in ARROWS.items()},
        back="/catalogue",
    )


def _mistaken(office: Office, language: str, staff: Staff, found: Sequence[Mistake]) -> Response:
    return office.page(
        "manage_mistakes.html",
        language,
        409,
        staff=staff,
        mistakes=[one.said(language) for one in found],
        back="/catalogue",
    )


def _told(problem: str, language: str) -> str:
    return problem.said(language) if isinstance(problem, Problem) else problem


def _weekdays(language: str) -> list[str]:
    from babel.dates import get_day_names

    names = get_day_names("abbreviated", locale=language)
    return [names[day] for day in range(7)]


def _one(fields: FormData, name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def _theirs(staff: Staff, table: Table) -> None:
    """A supervisor describes the own agency and its services. Refusal not_allowed; 404 for no kind of table."""
    if table.kind not in FORMS:
        raise HTTPException(404)
    agency = table.code.partition(".")[0] or table.agency
    if not staff.grant.sees(agency if table.kind in OWN and agency else None):
        raise Refusal("not_allowed", right="catalogue")


def _place(document: Mapping[str, Any], table: Table) -> Place:
    """The keys that lead to a table; of a new one to the place behind the last. 404 where there is none."""
    kind, code, agency = table
    if kind in ("hall", "rules"):
        return (kind,)
    if kind == "service":
        owner = code.partition(".")[0] or agency
        a = _index(document["agency"], owner)
        return ("agency", a, "service", _index(document["agency"][a]["service"], code.partition(".")[2], new=not code))
    return (kind, _index(document[kind], code, new=not code))


def _index(tables: Sequence[Mapping[str, Any]], code: str, *, new: bool = False) -> int:
    if new:
        return len(tables)
    for place, table in enumerate(tables):
        if table["code"] == code:
            return place
    raise HTTPException(404)


def _at(document: Any, place: Place) -> Mapping[str, Any]:
    """The table at a place; empty for a new one."""
    try:
        for step in place:
            document = document[step]
    except (KeyError, IndexError):
        return {}
    found: Mapping[str, Any] = document
    return found


def _with(before: Mapping[str, Any], place: Place, table: Table, typed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The document with the table that was typed. A new agency begins with a service of its name."""
    after = deepcopy(dict(before))
    made = table_made(_at(before, place), typed, FORMS[table.kind])
    if table.kind == "agency" and not table.code:
        made["service"] = [{"code": "general", "name": made.get("name", {}), "minutes": 10}]
    owner: Any = after
    for step in place[:-1]:
        owner = owner[step]
    last = place[-1]
    if isinstance(owner, list) and last == len(owner):
        owner.append(made)
    elif made or isinstance(owner, list) or last in owner:
        owner[last] = made
    return after


def _without(before: Mapping[str, Any], place: Place) -> dict[str, Any]:
    after = deepcopy(dict(before))
    owner: Any = after
    for step in place[:-1]:
        owner = owner[step]
    if isinstance(owner, list) and isinstance(place[-1], int) and place[-1] < len(owner):
        del owner[place[-1]]
    return after
