"""Webhooks of the program that asks: added, listed, resumed, removed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from counter.api.door import Acting, Caller, TheOffice, acting, asking, needed
from counter.api.problems import documented
from counter.api.shapes import Shape
from hall.rights import Right
from hall.tickets import Deed
from hall.webhooks import LONGEST_URL
from hall.webhooks import Webhook as Hook

router = APIRouter(tags=["webhooks"])
WEBHOOKS = needed(Right.WEBHOOKS)
Owner = Annotated[Caller, asking(Right.WEBHOOKS)]
Changer = Annotated[Acting, acting(Right.WEBHOOKS)]
WebhookId = Annotated[int, Path(ge=1, lt=1 << 63)]


class Wanted(Shape):
    """Where to send which events."""

    url: Annotated[str, Field(max_length=LONGEST_URL, description="http or https, without a name and password.")]
    events: Annotated[list[Deed], Field(min_length=1, max_length=len(Deed))]


class Webhook(Shape):
    """One address that is told, and how far it has been."""

    id: int
    url: str
    events: list[Deed]
    position: int
    trouble: str | None
    stopped: bool


class NewWebhook(Webhook):
    """With the secret of its signatures, which is shown only now and to the same `Idempotency-Key`."""

    secret: str


@router.post(
    "/webhooks",
    summary="Be told what happens from now on",
    description=WEBHOOKS,
    status_code=201,
    responses=documented(413),
)
async def add_webhook(body: Wanted, office: TheOffice, who: Changer) -> NewWebhook:
    add = office.hall.webhooks.add
    hook = await office.ask(add, body.url, body.events, who.token.name, request_id=who.request_id)
    return NewWebhook(**dict(_shown(hook)), secret=hook.secret)


@router.get("/webhooks", summary="The webhooks of this token", description=WEBHOOKS)
async def webhooks(office: TheOffice, who: Owner) -> list[Webhook]:
    return [_shown(hook) for hook in await office.ask(office.hall.webhooks.all, who.token.name)]


@router.post(
    "/webhooks/{webhook}/resume",
    summary="Go on telling one that failed too often, from where it was left",
    description=WEBHOOKS,
)
async def resume_webhook(webhook: WebhookId, office: TheOffice, who: Changer) -> Webhook:
    resume = office.hall.webhooks.resume
    return _shown(await office.ask(resume, webhook, who.token.name, request_id=who.request_id))


@router.delete("/webhooks/{webhook}", summary="Be told nothing more", description=WEBHOOKS, status_code=204)
async def remove_webhook(webhook: WebhookId, office: TheOffice, who: Owner) -> Response:
    await office.ask(office.hall.webhooks.remove, webhook, who.token.name)
    return Response(status_code=204)


def _shown(hook: Hook) -> Webhook:
    return Webhook(
        id=hook.id,
        url=hook.url,
        events=sorted(hook.events),
        position=hook.position,
        trouble=hook.trouble,
        stopped=hook.stopped,
    )
