"""The ASGI app: its routes, what surrounds them, and how each kind of error is told."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.sse import format_sse_event
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from assets.words import N_, say
from counter import board, console, home, join, manage, pages, paper, phone, signin
from counter.access import NoCounter, SignedOut, spoken_language
from counter.api import PREFIX, api
from counter.consoles import Consoles
from counter.crowd import Crowd
from counter.office import HERE, Office, office_of
from counter.sender import Sender
from counter.shield import Shield
from counter.streams import Gone, Watch
from hall import Fault, Hall, Refusal
from hall.settings import Settings

NOTICES = {
    403: N_("This page is too old. Go back, load it again and repeat."),
    404: N_("There is nothing here."),
    500: N_("Something went wrong. Please try again."),
}
"""What a page says by its status; anything else reads like 404, so that nothing can be learnt from it."""
FULL = N_("Nothing can be saved: the disk of the server is full. Tell a technician.")
AWAY = N_("The queue cannot be reached at the moment. This page comes back by itself.")


def app(hall: Hall, settings: Settings) -> FastAPI:
    """The app of one hall. OSError when the hall's bell cannot be listened to."""
    held = Office(hall, settings, Watch(hall.listen()))
    phones, lobbies, desks = phone.Phones(held), home.Lobbies(held), Consoles(held)
    held.phones = Crowd(held.watch, lambda keys: held.peek(phones.read, keys))
    held.lobbies = Crowd(held.watch, lambda keys: held.peek(lobbies.read, keys), most=math.inf)
    held.consoles = Crowd(held.watch, lambda keys: held.peek(desks.read, keys), gap=0.0)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with held.watch.listener:
            with contextlib.suppress(Fault):
                await held.ask(held.look)
            tasks = [
                asyncio.create_task(held.watch.run(lambda: held.ask(held.look))),
                asyncio.create_task(Sender(held).run()),
                asyncio.create_task(held.phones.run()),
                asyncio.create_task(held.lobbies.run()),
                asyncio.create_task(held.consoles.run()),
            ]
            yield
            held.watch.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            held.close()

    made = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    made.state.office = held
    for room in (pages, home, signin, console, paper, manage, phone, join, board):
        made.include_router(room.router)
    made.mount(PREFIX, api(held))
    made.mount(f"/static/{held.stamp}", StaticFiles(directory=HERE / "static"))
    made.add_middleware(Shield, secure=held.secure)
    _tell_errors(made)
    return made


def _tell_errors(made: FastAPI) -> None:
    async def signed_out(request: Request, _: Exception) -> Response:
        return _elsewhere(request, "/sign-in")

    async def no_counter(request: Request, _: Exception) -> Response:
        return _elsewhere(request, "/counters")

    async def refused(request: Request, refusal: Exception) -> Response:
        sentence = console.said(refusal, _language(request)) if isinstance(refusal, Refusal) else ""
        barred = isinstance(refusal, Refusal) and refusal.code == "not_allowed"
        return _notice(request, 403 if barred else 409, sentence)

    async def failed(request: Request, fault: Exception) -> Response:
        full = isinstance(fault, Fault) and fault.code == "disk_full"
        sentence = say(_language(request), FULL if full else AWAY)
        response = _notice(request, 503, sentence, refresh=not full and request.method == "GET")
        response.headers["Retry-After"] = "3"
        return response

    async def by_status(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return _notice(request, status, say(_language(request), NOTICES.get(status, NOTICES[404])))

    async def bug(request: Request, _: Exception) -> Response:
        return _notice(request, 500, say(_language(request), NOTICES[500]))

    made.add_exception_handler(SignedOut, signed_out)
    made.add_exception_handler(NoCounter, no_counter)
    made.add_exception_handler(Refusal, refused)
    made.add_exception_handler(Fault, failed)
    made.add_exception_handler(Gone, by_status)
    made.add_exception_handler(HTTPException, by_status)
    made.add_exception_handler(RequestValidationError, by_status)
    made.add_exception_handler(Exception, bug)


def _elsewhere(request: Request, address: str) -> Response:
    if "text/event-stream" in request.headers.get("accept", ""):
        # An EventSource follows no redirect to a page; told this, the page loads itself again and is redirected.
        return Response(format_sse_event(event="gone", data_str=""), media_type="text/event-stream")
    return JSONResponse({}, 401) if _by_script(request) else RedirectResponse(address, 303)


def _notice(request: Request, status: int, sentence: str, *, refresh: bool = False) -> Response:
    if _by_script(request):
        return JSONResponse({"said": sentence}, status)
    return office_of(request).page("notice.html", _language(request), status, title=sentence, refresh=refresh)


def _language(request: Request) -> str:
    return spoken_language(request, office_of(request))


def _by_script(request: Request) -> bool:
    """Our own scripts ask for JSON; people get pages."""
    return "application/json" in request.headers.get("accept", "")
