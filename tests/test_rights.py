"""Who may do what: every route of the app against every role and scope, and the table itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import Mount

from counter.access import SESSION, csrf
from counter.api import PREFIX
from counter.app import app
from hall import Hall, Refusal
from hall.rights import OF_ROLE, OF_SCOPE, Grant, Right, Role, Scope
from hall.settings import Settings
from hall.storage import sqlite as engine
from hall.storage.schema import MIGRATIONS
from tests.halls import Clock, opened

PIN = "135790"
ANYONE, SIGNED_IN = "anyone", "signed in"

ROUTES: dict[str, str | Right] = {
    "GET /": ANYONE,
    "GET /language/{code}": ANYONE,
    "GET /healthz": ANYONE,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "POST /sign-out": SIGNED_IN,
    "GET /counters": Right.SERVE,
    "POST /counters": Right.SERVE,
    "POST /counters/leave": Right.SERVE,
    "GET /console": Right.SERVE,
    "GET /console/stream": Right.SERVE,
    "POST /console/{act}": Right.SERVE,
    "GET /printers": Right.PAPER,
    "GET /printers/stream": Right.PAPER,
    "POST /printers/test": Right.PAPER,
    "POST /printers/roll": Right.PAPER,
    "POST /printers/copy": Right.PAPER,
    "GET /hall": Right.WATCH,
    "GET /hall/stream": Right.WATCH,
    "POST /hall/{act}": Right.WATCH,
    "GET /staff": Right.PEOPLE,
    "POST /staff/{act}": Right.PEOPLE,
    "GET /catalogue": Right.CATALOGUE,
    "GET /catalogue/edit": Right.CATALOGUE,
    "POST /catalogue/edit": Right.CATALOGUE,
    "GET /catalogue/file": Right.RUN,
    "POST /catalogue/file": Right.RUN,
    "GET /journal": Right.PEOPLE,
    "GET /figures": Right.FIGURES,
    "GET /t/{token}": ANYONE,
    "GET /t/{token}/stream": ANYONE,
    "POST /t/{token}/cancel": ANYONE,
    "GET /stream": ANYONE,
    "GET /join": ANYONE,
    "POST /join": ANYONE,
    "GET /join/services": ANYONE,
    "GET /join/ticket": ANYONE,
    "POST /join/ticket": ANYONE,
    "GET /board": ANYONE,
    "GET /board/stream": ANYONE,
    "GET /board/sizes.css": ANYONE,
    "GET /api/v1/openapi.json": ANYONE,
    "GET /api/v1/hall": Right.READ,
    "POST /api/v1/hall/pause": Right.PAUSE_HALL,
    "POST /api/v1/hall/open": Right.PAUSE_HALL,
    "GET /api/v1/catalogue": Right.READ,
    "GET /api/v1/alarms": Right.READ,
    "GET /api/v1/devices": Right.READ,
    "GET /api/v1/board": Right.READ,
    "GET /api/v1/services": Right.READ,
    "GET /api/v1/services/{service}": Right.READ,
    "POST /api/v1/services/{service}/pause": Right.PAUSE,
    "POST /api/v1/services/{service}/open": Right.PAUSE,
    "POST /api/v1/tickets": Right.ISSUE,
    "GET /api/v1/tickets/{ticket}": Right.READ,
    "POST /api/v1/tickets/{ticket}/cancel": Right.CANCEL,
    "POST /api/v1/tickets/{ticket}/transfer": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/reprint": Right.PAPER,
    "POST /api/v1/tickets/{ticket}/recall": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/serve": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/no-show": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/readmit": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/park": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/priority": Right.SERVE,
    "POST /api/v1/tickets/{ticket}/add-service": Right.ISSUE,
    "POST /api/v1/tickets/{ticket}/finish": Right.SERVE,
    "POST /api/v1/bookings": Right.ISSUE,
    "GET /api/v1/bookings/{code}": Right.ISSUE,
    "POST /api/v1/bookings/{code}/check-in": Right.ISSUE,
    "GET /api/v1/counters": Right.READ,
    "GET /api/v1/counters/{counter}": Right.READ,
    "GET /api/v1/counters/{counter}/hand": Right.READ,
    "GET /api/v1/counters/{counter}/line": Right.READ,
    "GET /api/v1/counters/{counter}/parked": Right.READ,
    "POST /api/v1/counters/{counter}/open": Right.SERVE,
    "POST /api/v1/counters/{counter}/pause": Right.SERVE,
    "POST /api/v1/counters/{counter}/close": Right.SERVE,
    "POST /api/v1/counters/{counter}/next": Right.SERVE,
    "POST /api/v1/counters/{counter}/call": Right.SERVE,
    "POST /api/v1/counters/{counter}/resume": Right.SERVE,
    "GET /api/v1/printers": Right.READ,
    "GET /api/v1/slips": Right.READ,
    "POST /api/v1/printers/{printer}/test": Right.PAPER,
    "POST /api/v1/printers/{printer}/roll": Right.PAPER,
    "GET /api/v1/events": Right.READ,
    "GET /api/v1/events/stream": Right.READ,
    "GET /api/v1/webhooks": Right.WEBHOOKS,
    "POST /api/v1/webhooks": Right.WEBHOOKS,
    "POST /api/v1/webhooks/{webhook}/resume": Right.WEBHOOKS,
    "DELETE /api/v1/webhooks/{webhook}": Right.WEBHOOKS,
}
"""Each route, and who may use it. A new route is missed here until somebody has thought about that."""


def routes(found: Any, prefix: str = "") -> Iterator[str]:
    """Every route of an app, of the routers in it and of the apps mounted in it."""
    for route in found.routes:
        if isinstance(route, Mount):
            yield from routes(route, prefix + route.path)
        elif hasattr(route, "original_router"):
            yield from routes(route.original_router, prefix)
        else:
            yield from (f"{method} {prefix}{route.path}" for method in route.methods - {"HEAD"})


@pytest.fixture
def served(hall: Hall) -> Iterator[Any]:
    made = app(hall, Settings())
    with made.state.office.watch.listener:
        yield made
    made.state.office.close()


def test_every_route_stands_in_the_table(served: Any) -> None:
    found = {route for route in routes(served) if not route.startswith("GET /static/")}
    assert found == set(ROUTES)


def fill(route: str) -> tuple[str, str]:
    """Method and address, with things that do not exist: what is allowed is then 404 or 409, and changes nothing."""
    method, _, path = route.partition(" ")
    for place, value in {"act": "next", "ticket": "9", "webhook": "9"}.items():
        path = path.replace(f"{{{place}}}", value)
    return method, path.replace("{", "").replace("}", "")


def ask(served: Any, asked: list[tuple[str, str]], **how: Any) -> list[httpx.Response]:
    async def all_of_them() -> list[httpx.Response]:
        transport = httpx.ASGITransport(served)
        async with httpx.AsyncClient(transport=transport, base_url="http://hall", **how) as client:
            return [await client.request(method, path, **body(path)) for method, path in asked]

    def body(path: str) -> dict[str, Any]:
        return {"json": {}} if path.startswith(PREFIX) else {"data": {"csrf": how.get("headers", {}).get("x-csrf", "")}}

    return asyncio.run(all_of_them())


STREAMS = {"GET /console/stream", "GET /hall/stream", "GET /printers/stream", f"GET {PREFIX}/events/stream"}
"""Never end where they are allowed; where they are not, they are asked like any other."""
OF_STAFF = {route: right for route, right in ROUTES.items() if right != ANYONE and PREFIX not in route}
OF_PROGRAMS = {route: right for route, right in ROUTES.items() if isinstance(right, Right) and PREFIX in route}


@pytest.mark.parametrize("role", Role)
def test_staff_come_as_far_as_their_role(hall: Hall, served: Any, role: Role) -> None:
    hall.add_staff("ani", PIN, role, "civil" if role is Role.SUPERVISOR else None)
    for route, right in OF_STAFF.items():
        allowed = right == SIGNED_IN or right in OF_ROLE[role]
        if allowed and route in STREAMS:
            continue
        token = hall.sign_in("ani", PIN) if right == SIGNED_IN else _session(hall)
        how = {"cookies": {SESSION: token}, "headers": {"x-csrf": csrf(token)}}
        (answer,) = ask(served, [fill(route)], **how)
        assert (answer.status_code == 403) == (not allowed), route
        assert answer.status_code < 500, route


def _session(hall: Hall) -> str:
    if not hasattr(hall, "_token"):
        hall._token = hall.sign_in("ani", PIN)  # type: ignore[attr-defined]  # checking a PIN is slow
    return hall._token  # type: ignore[attr-defined,no-any-return]


def test_strangers_come_no_further_than_the_door(served: Any) -> None:
    staff = [fill(route) for route in OF_STAFF]
    for (_, path), answer in zip(staff, ask(served, staff), strict=True):
        assert (answer.status_code, answer.headers.get("location")) in ((303, "/sign-in"), (403, None)), path
    programs = [fill(route) for route in OF_PROGRAMS]
    for secret in ({}, {"authorization": "Bearer nothing"}, {"authorization": "Basic YTpi"}):
        answers = ask(served, programs, headers=secret)
        assert {answer.status_code for answer in answers} == {401}
        assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}


@pytest.mark.parametrize("scope", Scope)
def test_programs_come_as_far_as_their_scope(hall: Hall, served: Any, scope: Scope) -> None:
    secret = {"authorization": f"Bearer {hall.tokens.add('program', [scope])}"}
    before = hall.sequence()
    asked = [route for route, right in OF_PROGRAMS.items() if not (right in OF_SCOPE[scope] and route in STREAMS)]
    for route, answer in zip(asked, ask(served, [fill(route) for route in asked], headers=secret), strict=True):
        assert (answer.status_code == 403) == (ROUTES[route] not in OF_SCOPE[scope]), route
        assert answer.status_code < 500, route
    assert hall.sequence() == before


def test_each_scope_and_each_role_allows_something_the_clerk_or_nobody_else_has() -> None:
    assert OF_ROLE[Role.CLERK] < OF_ROLE[Role.SUPERVISOR] < OF_ROLE[Role.MANAGER] == frozenset(Right)
    assert Right.SERVE not in OF_ROLE[Role.TECHNICIAN]
    assert set(OF_SCOPE) == set(Scope)
    assert len(set(OF_SCOPE.values())) == len(Scope)


def test_a_supervisor_answers_for_one_agency() -> None:
    grant = Grant.of_role(Role.SUPERVISOR, "civil")
    assert grant.allows(Right.PAUSE, "civil")
    assert not grant.allows(Right.PAUSE, "tax")
    assert not grant.allows(Right.FIGURES, "tax")
    assert grant.allows(Right.SERVE, "tax")
    assert Grant.of_role(Role.MANAGER).allows(Right.PAUSE, "tax")
    with pytest.raises(Refusal) as no:
        grant.demand(Right.PAUSE, "tax")
    assert no.value.code == "not_allowed"


def code_of(act: Any, *told: Any) -> str:
    with pytest.raises(Refusal) as no:
        act(*told)
    return no.value.code


def test_a_supervisor_has_an_agency_and_nobody_else(hall: Hall) -> None:
    assert code_of(hall.add_staff, "ani", PIN, Role.SUPERVISOR) == "role_agency"
    assert code_of(hall.add_staff, "ani", PIN, Role.CLERK, "civil") == "role_agency"
    assert code_of(hall.add_staff, "ani", PIN, Role.SUPERVISOR, "nothing") == "unknown_agency"
    assert hall.staff() == []


def test_a_role_that_changes_holds_for_the_session_that_is_open(hall: Hall) -> None:
    hall.add_staff("ani", PIN)
    token = hall.sign_in("ani", PIN)
    assert hall.session(token).role is Role.CLERK
    hall.change_role("ani", Role.SUPERVISOR, "tax")
    assert hall.session(token).grant == Grant.of_role(Role.SUPERVISOR, "tax")
    assert code_of(hall.change_role, "budi", Role.CLERK) == "unknown_staff"


def test_the_last_manager_stays_one(hall: Hall) -> None:
    hall.add_staff("ani", PIN, Role.MANAGER)
    assert code_of(hall.change_role, "ani", Role.CLERK) == "last_manager"
    hall.add_staff("budi", PIN, Role.MANAGER)
    hall.change_role("ani", Role.TECHNICIAN)
    assert [member.role for member in hall.staff()] == [Role.TECHNICIAN, Role.MANAGER]


def test_a_queue_from_before_has_its_first_person_for_manager_and_clerks_else(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: MIGRATIONS[name] for name in ("first", "printers")}
    with monkeypatch.context() as patch:
        patch.setattr(engine, "MIGRATIONS", before)
        queue = engine.Sqlite(tmp_path / "queue.db", create=True)
        for sequence, name in enumerate(("zeynəb", "ani", "o'brien"), 7):
            values = {"name": name, "sequence": sequence, "details": json.dumps({"name": name}, ensure_ascii=False)}
            queue.rows(
                "INSERT INTO staff (hall, name, secret, failures, locked_until) VALUES ('main', :name, 'x', 0, 0)",
                values,
            )
            queue.rows(
                "INSERT INTO event (hall, sequence, at, kind, details)"
                " VALUES ('main', :sequence, 0, 'staff_added', :details)",
                values,
            )
        queue.rows("INSERT INTO hall (hall, sequence, day, revision, edition) VALUES ('main', 9, '2026-11-20', 0, 0)")
        queue.close()
    with opened(tmp_path, clock) as hall:
        assert {member.name: member.role for member in hall.staff()} == {
            "zeynəb": Role.MANAGER,
            "ani": Role.CLERK,
            "o'brien": Role.CLERK,
        }
