"""Bookings and walk-ins at once, by many actors and many processes: what always holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hall import Hall, Priority, Refusal, Ticket, TicketState
from hall.bookings_file import LONGEST, Written
from tests.halls import SMALL, Clock, described, opened, replayed, standing

CODES = tuple(f"B{i}" for i in range(6))
SERVICES = ("civil.card", "tax.pay")
LIMIT = LONGEST + timedelta(minutes=10 + 15)
"""How far before a check-in its rank may lie: the longest slot, the late minutes and the credit of a priority."""
REFUSED = {f"booking_{why}" for why in ("too_early", "late", "used", "cancelled", "other_day")} | {"unknown_booking"}


class Day(RuleBasedStateMachine):
    """Two kiosks and one office at one queue, that is never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        queue = Path(self.folder.name) / "queue.db"
        self.halls = [Hall.open(queue, clock=self.clock, always_open=True) for _ in range(3)]
        self.halls[0].load_catalogue(described(Path(self.folder.name) / "hall.toml", SMALL))
        for hall in self.halls:
            hall._storage.engine.rows("PRAGMA synchronous = OFF")
        self.given: list[Ticket] = []
        self.used: dict[tuple[str, str], int] = {}

    def teardown(self) -> None:
        """Everybody who waits is called, in turn: nobody starves."""
        for _ in range(len(self.given) + 1):
            for counter in ("2", "3"):
                self.next(counter)
        assert self.halls[0].waiting() == {}
        for hall in self.halls:
            hall.close()
        self.folder.cleanup()

    @rule(
        actor=some.integers(0, 2),
        codes=some.lists(some.sampled_from(CODES), min_size=1, max_size=4, unique=True),
        start=some.integers(-20, 60),
        length=some.sampled_from([10, 30, 120]),
        service=some.sampled_from(SERVICES),
        cancelled=some.sampled_from(["", "", "", "yes"]),
        ahead=some.sampled_from([0, 0, 0, 1]),
    )
    def book(
        self, actor: int, codes: list[str], start: int, length: int, service: str, cancelled: str, ahead: int
    ) -> None:
        starts = self.clock.now + timedelta(minutes=start, days=ahead)
        ends = starts + timedelta(minutes=length)
        if starts.date() != ends.date() or starts.date() < self.clock.now.date():
            return
        slot = f"{starts:%Y-%m-%d}", f"{starts:%H:%M}", f"{ends:%H:%M}"
        used = {one.code: one for one in self.halls[0].bookings() if one.ticket is not None}
        rows = [Written(i + 2, code, service, *slot, cancelled=cancelled) for i, code in enumerate(codes)]
        done = self.halls[actor].import_bookings(rows)
        assert set(done.kept) <= set(used)
        assert done.added + done.changed + done.same + len(done.kept) == len(codes)
        after = {one.code: one for one in self.halls[0].bookings()}
        assert {code: after[code] for code in used} == used
        assert set(codes) <= set(after)

    @rule(actor=some.integers(0, 2), code=some.sampled_from(CODES), need=some.none() | some.sampled_from(Priority))
    def check_in(self, actor: int, code: str, need: Priority | None) -> None:
        hall = self.halls[actor]
        try:
            ticket = hall.check_in(code, priority=need, printer=None)
        except Refusal as refusal:
            assert refusal.code in REFUSED
            return
        assert (ticket.day, code) not in self.used
        self.used[ticket.day, code] = ticket.id
        assert ticket.ahead_at_issue == hall.ahead(ticket.id)
        assert hall.booking(code).ticket == ticket.id
        self.given.append(ticket)

    @rule(actor=some.integers(0, 2), which=some.integers(0, 5), need=some.none() | some.sampled_from(Priority))
    def somebody_whose_time_it_is_checks_in(self, actor: int, which: int, need: Priority | None) -> None:
        """Chance alone seldom names a code in its time, so whoever comes then books first if nobody has."""
        hall = self.halls[actor]
        if not self.due():
            self.book(actor, [CODES[which]], -10, 30, SERVICES[which % 2], "", 0)
        if due := self.due():
            before = len(self.given)
            self.check_in(actor, due[which % len(due)], need)
            assert len(self.given) == before + 1
            assert hall.booking_refusal(due[which % len(due)]) is not None

    def due(self) -> list[str]:
        hall = self.halls[2]
        return [one.code for one in hall.bookings() if hall.booking_refusal(one.code) is None]

    @rule(actor=some.integers(0, 2), service=some.sampled_from(SERVICES))
    def walk_in(self, actor: int, service: str) -> None:
        self.given.append(self.halls[actor].issue(service, printer=None))

    @rule(counter=some.sampled_from(["2", "3"]))
    def next(self, counter: str) -> None:
        hall = self.halls[0]
        line = hall.line(counter)
        called = hall.call_next(counter)
        assert (called.id if called else None) == (line[0].id if line else None)

    @rule(minutes=some.sampled_from([1, 10, 45]))
    def time_passes(self, minutes: int) -> None:
        self.clock.on(minutes=minutes)

    @rule()
    def evening_comes(self) -> None:
        """From here the rule above leads into the next day."""
        if self.clock.now.hour < 22:
            self.clock.at(f"{self.clock.now:%Y-%m-%d} 22:30")

    @invariant()
    def no_number_is_given_twice_in_a_day(self) -> None:
        assert len({(one.day, one.number) for one in self.given}) == len(self.given)

    @invariant()
    def no_ticket_stands_before_those_who_came_a_longest_slot_before_it(self) -> None:
        for one in self.given:
            assert one.issued_at.timestamp() - one.rank / 1000 <= LIMIT.total_seconds()

    @invariant()
    def no_booking_of_an_earlier_day_is_left_after_an_act(self) -> None:
        written = max((event.at.date().isoformat() for event in self.halls[1].events()), default="")
        rows = self.halls[1]._storage.engine.rows("SELECT day FROM booking")
        assert all(day >= written for (day,) in rows)

    @invariant()
    def a_used_booking_and_its_ticket_agree(self) -> None:
        for booking in self.halls[2].bookings():
            ticket = self.used.get((booking.day, booking.code))
            assert booking.ticket == ticket
            if ticket is not None:
                assert self.halls[2].ticket(ticket).service == booking.service

    @invariant()
    def the_journal_tells_it_all(self) -> None:
        assert replayed(self.halls[2].events()) == standing(self.halls[2])


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=400 if os.environ.get("ANTREAN_LONG") else 40, stateful_step_count=40)

CROWD = 32
_AT_ONCE = """
import json, multiprocessing, sys
from hall import Hall, Refusal
from tests.halls import Clock, sqlite3

queue, crowd = sys.argv[1], int(sys.argv[2])
fork = multiprocessing.get_context("fork")
begin, told = fork.Barrier(crowd), fork.SimpleQueue()

def work(me):
    given, used, errors = [], [], []
    with Hall.open(queue, clock=Clock()) as hall:
        begin.wait(60)
        for code in ("shared", f"own-{me}", None, "shared"):
            try:
                if code is None: given.append(("", hall.issue("civil.card").number))
                else: given.append((code, hall.check_in(code, request_id=f"{me}-{code}").number))
            except Refusal as refusal:
                used.append((refusal.code, refusal.data["number"]))
            except Exception as error:
                errors.append(repr(error))
    told.put([given, used, errors])

workers = [fork.Process(target=work, args=(me,)) for me in range(crowd)]
for worker in workers: worker.start()
print(json.dumps([told.get() for _ in workers]))
for worker in workers: worker.join()
"""


def test_of_many_processes_that_check_in_one_booking_one_gets_a_ticket(tmp_path: Path) -> None:
    with opened(tmp_path, Clock()) as hall:
        codes = ["shared", *(f"own-{me}" for me in range(CROWD))]
        rows = [Written(i + 2, code, "civil.card", "2026-11-23", "09:00", "09:30") for i, code in enumerate(codes)]
        hall.import_bookings(rows)
    command = [sys.executable, "-c", _AT_ONCE, str(tmp_path / "queue.db"), str(CROWD)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told = json.loads(ran.stdout)
    assert [error for _, _, errors in told for error in errors] == []
    given = [tuple(one) for numbers, _, _ in told for one in numbers]
    [shared] = {number for code, number in given if code == "shared"}
    winner = [one for one in given if one[0] == "shared"]
    assert len(winner) == 2  # the winner's second try is the same request
    refused = [tuple(one) for _, refusals, _ in told for one in refusals]
    assert refused == [("booking_used", shared)] * (2 * (CROWD - 1))
    numbers = Counter(number for code, number in given if code != "shared")
    assert len(numbers) == 2 * CROWD
    assert set(numbers.values()) == {1}
    assert shared not in numbers
    with Hall.open(tmp_path / "queue.db", clock=Clock()) as hall:
        assert hall.waiting() == {"civil.card": 2 * CROWD + 1}
        assert replayed(hall.events()) == standing(hall)
        assert {state for state, *_ in standing(hall).values()} == {TicketState.WAITING}
