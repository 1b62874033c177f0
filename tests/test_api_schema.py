"""The API keeps to its own OpenAPI document, whatever it is sent: no fault of ours, no answer that is not described."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hall.rights import Scope
from tests.counter_server import Room, counter_room

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
KNOWN: dict[str, tuple[Any, ...]] = {
    "service": ("o1.s", "o2.s"),
    "counter": ("1", "2", "3"),
    "ticket": tuple(range(3, 12)),
    "printer": ("main",),
    "code": ("AB1", "AB2"),
    "webhook": tuple(range(12, 40)),
    "url": ("http://127.0.0.1:9/told",),
    "language": ("id", None),
    "priority": ("elderly", None),
}
"""What there is in the hall: names made up at random would meet nothing but 404."""
PHASES = (Phase.generate,)
_turn = count()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("schema")) as room:
        for n in range(10):
            room.hall.issue(f"o{n % 3 + 1}.s", printer=None)
        room.hall.report_printer("main", "paper", frozenset())
        yield room


@pytest.fixture(scope="module")
def tokens(room: Room) -> list[str]:
    """More than one, so that none of them asks too fast."""
    return [room.hall.tokens.add(f"program {n}", Scope) for n in range(20)]


def test_every_operation_answers_as_described(room: Room, tokens: list[str]) -> None:
    schema = schemathesis.openapi.from_url(f"{room.url}/api/v1/openapi.json")
    done = set()
    for found in schema.exclude(path_regex="stream").get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        for mode in GenerationMode:
            try:
                made = operation.as_strategy(generation_mode=mode)
            except ValueError:  # nothing about this one can be wrong
                continue
            if any(status < 300 for status in _try(made, tokens)):
                done.add(operation.label)
    assert {"POST /tickets", "POST /counters/{counter}/next", "POST /webhooks", "GET /events"} <= done
    assert len(done) > 25, done


def _try(made: SearchStrategy[schemathesis.Case[Any]], tokens: list[str]) -> set[int]:
    """The statuses that calls of one kind were answered with."""

    @seed(20261123)
    @settings(max_examples=6, database=None, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(case=made)
    def answers_as_described(case: schemathesis.Case[Any]) -> None:
        turn = next(_turn)
        for fields in (case.path_parameters, case.body):
            if turn % 3 and isinstance(fields, dict):
                fields.update({name: KNOWN[name][turn % len(KNOWN[name])] for name in fields if name in KNOWN})
        answer = case.call(headers={"Authorization": f"Bearer {tokens[turn % len(tokens)]}"})
        case.validate_response(answer, checks=list(CHECKS))
        statuses.add(answer.status_code)

    statuses: set[int] = set()
    answers_as_described()
    return statuses
