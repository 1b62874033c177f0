"""Who may sign in: let somebody in, a new PIN, another role, out. A PIN is shown once, to whoever made it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from assets.words import N_
from counter.access import Staff, form, language_of, may
from counter.office import Office, office
from hall import Refusal
from hall.catalogue import named
from hall.rights import Right, Role

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(language_of)]
TheStaff = Annotated[Staff, Depends(may(Right.PEOPLE))]
Form = Annotated[Mapping[str, str], Depends(form)]
ROLES = {
    Role.CLERK: N_("Clerk"),
    Role.SUPERVISOR: N_("Supervisor of an agency"),
    Role.MANAGER: N_("Manager"),
    Role.TECHNICIAN: N_("Technician"),
}


class Act(StrEnum):
    """What can be done with somebody; also the last part of its address."""

    ADD = "add"
    PIN = "pin"
    ROLE = "role"
    SESSIONS = "sessions"
    REMOVE = "remove"


@router.get("/staff")
async def page(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """Everybody who may sign in."""
    return await _page(office, language, staff)


@router.post("/staff/{act}")
async def do(act: Act, office: TheOffice, language: Language, staff: TheStaff, fields: Form) -> Response:
    """One act. The page that follows a new PIN shows it, and is the only one that ever does."""
    name = fields.get("name", "").strip()
    try:
        if act in (Act.ADD, Act.PIN):
            async with office.hashing:
                pin = await office.ask(_perform, office, staff, act, name, fields)
        else:
            pin = await office.ask(_perform, office, staff, act, name, fields)
    except Refusal as refusal:
        return await _page(office, language, staff, refusal=refusal, typed=fields if act is Act.ADD else None)
    if pin is None:
        return RedirectResponse("/staff", 303)
    return await _page(office, language, staff, made=(name, pin))


def _perform(office: Office, staff: Staff, act: Act, name: str, fields: Mapping[str, str]) -> str | None:
    hall, by = office.hall, staff.name
    if act is Act.ADD:
        return hall.add_staff(name, None, *_role(fields), by=by)
    if act is Act.PIN:
        return hall.new_pin(name, by=by)
    if act is Act.ROLE:
        hall.change_role(name, *_role(fields), by=by)
    elif act is Act.SESSIONS:
        hall.end_sessions(name, by=by)
    else:
        hall.remove_staff(name, by=by)
    return None


def _role(fields: Mapping[str, str]) -> tuple[Role, str | None]:
    """The role, and the agency of a supervisor alone: the form shows the field to everybody."""
    given = fields.get("role", "")
    role = Role(given) if given in set(Role) else Role.CLERK
    return role, (fields.get("agency") or None) if role is Role.SUPERVISOR else None


async def _page(
    office: Office,
    language: str,
    staff: Staff,
    *,
    refusal: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
    made: tuple[str, str] | None = None,
) -> Response:
    members, signed_in, catalogue = await office.ask(
        lambda: (office.hall.staff(), office.hall.signed_in(), office.hall.catalogue)
    )
    return office.page(
        "manage_staff.html",
        language,
        409 if refusal else 200,
        staff=staff,
        members=members,
        signed_in=signed_in,
        roles={str(role): name for role, name in ROLES.items()},
        agencies={agency.code: named(agency.name, language) for agency in catalogue.agencies},
        made=made,
        said=refusal.said(language) if refusal else "",
        typed=typed or {},
        back="/staff",
    )
