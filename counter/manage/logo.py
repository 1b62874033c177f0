"""The hall's logo: a picture from the manager's own machine, for every machine of the hall; and away with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from counter.access import Staff, form, language_of, may, picture
from counter.manage.describing import hall_form
from counter.office import Office, office
from hall import Refusal
from hall.rights import Right

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
TheManager = Annotated[Staff, Depends(may(Right.RUN))]
PAGE = "/catalogue/edit?kind=hall"


@router.post("/catalogue/logo")
async def change(
    request: Request, office: TheOffice, language: Annotated[str, Depends(language_of)], staff: TheManager
) -> Response:
    """Take a picture; refused, the page comes again and says why."""
    try:
        sent = await _sent(request)
        async with office.drawing:
            await office.ask(office.hall.logo.change, sent, staff=staff.name)
    except Refusal as refusal:
        return await hall_form(office, language, staff, refusal.said(language))
    return RedirectResponse(PAGE, 303)


@router.post("/catalogue/logo/remove")
async def remove(office: TheOffice, staff: TheManager, _: Annotated[Mapping[str, str], Depends(form)]) -> Response:
    """Back to no logo."""
    await office.ask(office.hall.logo.remove, staff=staff.name)
    return RedirectResponse(PAGE, 303)


async def _sent(request: Request) -> bytes:
    """The picture, whatever it is called and said to be. Refusal logo_too_large, no_picture."""
    given = (await picture(request)).get("picture")
    if not isinstance(given, UploadFile) or not given.size:
        raise Refusal("no_picture")
    return await given.read()
