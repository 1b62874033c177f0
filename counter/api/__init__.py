"""The JSON API: everything the console does, for programs; an app of its own under `/api/v1`.

`openapi.json` describes it; docs/api.md tells how to begin.
"""

from __future__ import annotations

from fastapi import FastAPI

from counter.api import alarms, bookings, counters, events, paper, reading, services, tickets, webhooks
from counter.api.door import LARGEST, Meter
from counter.api.problems import documented, tell_problems
from counter.office import Office

PREFIX = "/api/v1"
ABOUT = f"""\
A program shows its token, made with `antrean token add`, as `Authorization: Bearer`; each operation names the scopes
that allow it. What is not done is answered with a code, a sentence and data; the status is 401 without a valid token,
403 without the scope, 404 for what does not exist, 409 when a rule says no, 422 for a request that is not as it should
be, 429 for too many requests, 503 while the queue cannot be reached.
With an `Idempotency-Key` an act is done once however often it is sent. A body has at most {LARGEST} bytes.
"""


def api(office: Office) -> FastAPI:
    """The API of one hall, to be mounted at PREFIX."""
    made = FastAPI(
        title="Antrean",
        version="1",
        description=ABOUT,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        generate_unique_id_function=lambda route: route.name,
    )
    made.state.office = office
    for part in (reading, alarms, services, tickets, bookings, counters, paper, events, webhooks):
        made.include_router(part.router, responses=documented(401, 403, 404, 409, 422, 429, 503))
    made.add_middleware(Meter)
    tell_problems(made)
    return made
