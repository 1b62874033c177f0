"""The journal for programs: as a list after a sequence number, and as a stream that goes on where it broke off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event

from counter.api import shapes
from counter.api.door import Caller, TheOffice
from counter.api.reading import READ, Reader
from counter.api.shapes import Event, Shape
from counter.office import Office
from counter.streams import BEAT, MOST, RETRY, counted
from hall import Fault, Refusal
from hall.journal import Event as HallEvent
from hall.rights import Right

router = APIRouter(tags=["events"])
BATCH = 500
"""Events read at once for a stream."""


class Journal(Shape):
    """Some of the journal, and its newest sequence number: where they are the same, there is nothing more now."""

    events: list[Event]
    sequence: int


@router.get("/events", summary="What happened after a sequence number, oldest first", description=READ)
async def events(
    office: TheOffice,
    caller: Reader,
    after: Annotated[int, Query(ge=0, lt=1 << 63)] = 0,
    most: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Journal:
    found, sequence = await office.ask(lambda: (office.hall.events(after, most), office.hall.sequence()))
    return Journal(events=[_shown(caller, one) for one in found], sequence=sequence)


@router.get(
    "/events/stream",
    summary="What happens, as it happens",
    description="Server-sent events: `id` is the sequence number, `event` the kind, `data` the event as in the list."
    " It begins after `Last-Event-ID` or `after`, without them with what happens next. A `fault` event says that the"
    f" queue cannot be reached at the moment. At most {MOST} streams of one token. {READ}",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def follow_events(
    office: TheOffice,
    caller: Reader,
    after: Annotated[int | None, Query(ge=0, lt=1 << 63)] = None,
    last: Annotated[int | None, Header(alias="Last-Event-ID", ge=0, lt=1 << 63)] = None,
) -> Response:
    whose = caller.name
    if office.watch.followers[whose] >= MOST:
        raise Refusal("too_fast", seconds=10)
    newest = await office.ask(office.hall.sequence)
    asked = last if last is not None else after
    # Beyond the newest: the hall was put back from a backup, and counts from an earlier number.
    begin = newest if asked is None or asked > newest else asked
    return StreamingResponse(
        counted(office.watch, whose, _told(office, caller, begin)),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _told(office: Office, caller: Caller, position: int) -> AsyncGenerator[bytes, None]:
    """What a stream sends, until the server ends or the token is revoked."""
    watch = office.watch
    yield format_sse_event(retry=RETRY)
    while not watch.closing:
        change = watch.change()
        try:
            await office.peek(office.hall.tokens.of, caller.secret)
            found = await office.peek(office.hall.events, position, BATCH)
        except Refusal:
            return
        except Fault:
            yield format_sse_event(event="fault", data_str="")
            found = []
        for one in found:
            position = one.sequence
            yield format_sse_event(
                event=str(one.kind), id=str(position), data_str=_shown(caller, one).model_dump_json()
            )
        if len(found) == BATCH:
            continue
        try:
            await asyncio.wait_for(change.wait(), BEAT)
        except TimeoutError:
            yield format_sse_event(comment="")


def _shown(caller: Caller, one: HallEvent) -> Event:
    return shapes.event(one, people=caller.token.grant.allows(Right.PEOPLE))
