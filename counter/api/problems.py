"""How the API says what it did not do: a code for the program, a sentence for a person, data, and a status."""

from __future__ import annotations

import math
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assets.words import N_, NAMES, say
from counter.console import said
from hall import Fault, Refusal, Ticket

STATUS = {
    "bad_token": 401,
    "not_allowed": 403,
    **dict.fromkeys(
        (
            "unknown_agency",
            "unknown_booking",
            "unknown_counter",
            "unknown_job",
            "unknown_printer",
            "unknown_service",
            "unknown_ticket",
            "unknown_webhook",
            "unknown_zone",
        ),
        404,
    ),
    **dict.fromkeys(
        (
            "bad_bookings",
            "bad_url",
            "no_events",
            "nowhere_to_transfer",
            "unknown_language",
            "unknown_note",
            "unknown_priority",
            "unstorable",
        ),
        422,
    ),
    "too_fast": 429,
}
"""Code of a Refusal -> status; every other one is a rule that says no, 409."""

SENTENCES = {
    "bad_input": N_("The request is not as it should be: {where}: {problem}."),
    "no_such_address": N_("There is nothing here."),
    "no_such_method": N_("This cannot be done at this address."),
    "too_large": N_("The request is too large."),
    "away": N_("The queue cannot be reached at the moment."),
    "bug": N_("Something went wrong. Please try again."),
}
"""Code of what is said without the hall -> its sentence."""
BY_STATUS = {404: "no_such_address", 405: "no_such_method", 413: "too_large"}
DESCRIPTIONS = {
    401: "No token, or one that is not valid.",
    403: "The token has no scope for this.",
    404: "There is no such ticket, service, counter, booking, zone, printer or webhook.",
    409: "A rule says no; nothing was changed.",
    413: "The body is too large.",
    422: "The request is not as it should be; nothing was changed.",
    429: "Too many requests, or too many streams.",
    503: "The queue cannot be reached; nothing is half done.",
}


class Problem(BaseModel):
    """Why it was not done."""

    code: str
    """For programs; stays what it is."""
    message: str
    """For people, in the first language of `Accept-Language` that the product speaks."""
    data: dict[str, Any]


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses for the OpenAPI document."""
    return {status: {"model": Problem, "description": DESCRIPTIONS[status]} for status in statuses}


def tell_problems(made: FastAPI) -> None:
    """Every kind of error as a Problem."""

    async def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refusal)  # noqa: S101 - what it is registered for
        status = STATUS.get(error.code, 409)
        headers = {}
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if status == 429:
            headers["Retry-After"] = str(math.ceil(error.data["seconds"]))
        data = {name: value.id if isinstance(value, Ticket) else value for name, value in error.data.items()}
        return _problem(status, error.code, said(error, _language(request)), data, headers)

    async def failed(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Fault)  # noqa: S101
        # Its paths and causes are for those who keep the machine, who have `antrean doctor`.
        return _problem(503, error.code, say(_language(request), SENTENCES["away"]), {}, {"Retry-After": "3"})

    async def unfit(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        mistakes = [
            {"where": ".".join(map(str, one["loc"])), "problem": str(one["msg"])} for one in error.errors()[:20]
        ]
        first = mistakes[0] if mistakes else {"where": "body", "problem": "?"}
        return _bad_input(request, first, mistakes)

    async def by_status(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101
        if error.status_code == 400:  # a body that is no text at all
            mistake = {"where": "body", "problem": str(error.detail)}
            return _bad_input(request, mistake, [mistake])
        code = BY_STATUS.get(error.status_code, "no_such_address")
        return _problem(error.status_code, code, say(_language(request), SENTENCES[code]), {}, error.headers)

    async def bug(request: Request, _: Exception) -> JSONResponse:
        return _problem(500, "bug", say(_language(request), SENTENCES["bug"]), {})

    made.add_exception_handler(Refusal, refused)
    made.add_exception_handler(Fault, failed)
    made.add_exception_handler(RequestValidationError, unfit)
    made.add_exception_handler(HTTPException, by_status)
    made.add_exception_handler(Exception, bug)


def _bad_input(request: Request, first: dict[str, str], mistakes: list[dict[str, str]]) -> JSONResponse:
    sentence = say(_language(request), SENTENCES["bad_input"], first)
    return _problem(422, "bad_input", sentence, {"mistakes": mistakes})


def _problem(status: int, code: str, message: str, data: Any, headers: Any = None) -> JSONResponse:
    body = Problem(code=code, message=message, data=jsonable_encoder(data))
    return JSONResponse(body.model_dump(), status, headers)


def _language(request: Request) -> str:
    """The first language asked for that the product speaks, or English."""
    for part in request.headers.get("accept-language", "").split(","):
        code = part.partition(";")[0].strip().partition("-")[0].lower()
        if code in NAMES:
            return code
    return "en"
