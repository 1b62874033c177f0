"""The journal: no gaps, nothing missing, and the bell that says to look into it."""

from __future__ import annotations

import random
import selectors
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall import Fault, Hall, Refusal
from hall.bell import Listener
from hall.journal import Event, Happening
from hall.tickets import Deed
from tests.halls import Clock, replayed, standing

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"


def ready(listener: Listener, seconds: float) -> bool:
    """Whether it is readable within so many seconds."""
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        return bool(selector.select(seconds))


@contextmanager
def ringing_elsewhere(queue: Path, act: str) -> Iterator[None]:
    """Another process does one act on the queue."""
    code = (
        f"import sys\nfrom hall import Hall\nwith Hall.open(sys.argv[1], always_open=True) as hall:\n    hall.{act}\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(queue)]) as process:
        yield
        assert process.wait(20) == 0


def busy_day(hall: Hall, clock: Clock, acts: int, seed: int) -> None:
    """Many acts at random, whether allowed or not."""
    chance = random.Random(seed)
    tickets: list[int] = []
    for _ in range(acts):
        clock.on(seconds=chance.choice([1, 5, 25, 90, 600]))
        ticket = chance.choice(tickets) if tickets else 0
        counter = chance.choice(["1", "2", "3"])
        act = chance.randrange(13)
        try:
            if act < 3:
                tickets.append(hall.issue(chance.choice([CARD, PAY]), request_id=None).id)
            elif act < 6:
                hall.call_next(counter)
            elif act == 6:
                hall.recall(ticket)
            elif act == 7:
                hall.no_show(ticket)
                hall.readmit(ticket)
            elif act == 8:
                hall.park(ticket)
            elif act == 9:
                hall.resume(ticket, counter)
            elif act == 10:
                hall.transfer(ticket, service=chance.choice([CARD, PAY]))
            elif act == 11:
                hall.transfer(ticket, counter=counter)
            else:
                hall.cancel(ticket)
        except Refusal:
            continue


@pytest.mark.parametrize("seed", range(3))
def test_the_journal_has_no_gap_and_tells_the_state_of_every_ticket(hall: Hall, clock: Clock, seed: int) -> None:
    busy_day(hall, clock, 150, seed)
    events = hall.events()
    assert [event.sequence for event in events] == list(range(1, hall.sequence() + 1))
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert replayed(events) == standing(hall)


def test_what_is_read_in_pieces_is_what_is_read_whole(hall: Hall, clock: Clock) -> None:
    busy_day(hall, clock, 60, 7)
    pieces: list[Event] = []
    while more := hall.events(after=pieces[-1].sequence if pieces else 0, most=7):
        pieces += more
    assert pieces == hall.events()
    assert hall.events(after=hall.sequence()) == []
    assert hall.events(most=0) == []


def test_an_event_says_when_what_who_and_where(hall: Hall, clock: Clock) -> None:
    before = hall.sequence()
    ticket = hall.issue(CARD)
    hall.call(ticket.id, "1", staff="ani")
    assert hall.events(before) == [
        Event(before + 1, clock.now, Deed.ISSUE, ticket.id, "A001", CARD),
        Event(before + 2, clock.now, Happening.COUNTER_OPEN, counter="1", staff="ani"),
        Event(before + 3, clock.now, Deed.CALL, ticket.id, "A001", CARD, "1", "ani"),
    ]


def test_pauses_say_their_reason_in_the_journal(hall: Hall) -> None:
    before = hall.sequence()
    hall.pause_counter("1", reason="makan siang 🍛", staff="ani")
    hall.pause_service(CARD, reason="no forms")
    hall.open_service(CARD)
    hall.close_counter("1")
    assert [(event.kind, event.counter, event.service, event.details) for event in hall.events(before)] == [
        (Happening.COUNTER_PAUSE, "1", None, {"reason": "makan siang 🍛"}),
        (Happening.SERVICE_PAUSE, None, CARD, {"reason": "no forms"}),
        (Happening.SERVICE_OPEN, None, CARD, {}),
        (Happening.COUNTER_CLOSE, "1", None, {}),
    ]


def test_nothing_in_the_journal_tells_a_visitors_need(hall: Hall) -> None:
    hall.call(hall.issue(CARD, priority="disabled").id, "1")
    assert "disabled" not in repr(hall.events())


def test_the_last_sequence_is_seen_at_once_after_a_foreign_commit(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        for _ in range(3):
            ticket = other.issue(CARD)
            assert hall.sequence() == other.sequence() == ticket.id
            hall.call_next("1")
            assert other.sequence() == hall.sequence() == hall.events()[-1].sequence


# -- the bell ----------------------------------------------------------------------------------------------------------


def test_a_commit_by_another_process_wakes_a_listener(hall: Hall, tmp_path: Path) -> None:
    before = hall.sequence()
    with hall.listen() as listener:
        assert not ready(listener, 0)
        with ringing_elsewhere(tmp_path / "queue.db", "issue('civil.card')"):
            assert ready(listener, 20)
        assert hall.sequence() == before + 1


def test_our_own_commit_wakes_a_listener_once(hall: Hall) -> None:
    with hall.listen() as listener:
        hall.issue(CARD)
        assert ready(listener, 5)
        listener.clear()
        assert not ready(listener, 0)
        hall.call_next("1")
        assert ready(listener, 5)


def test_every_listener_is_woken(hall: Hall) -> None:
    listeners = [hall.listen() for _ in range(10)]
    hall.issue(CARD)
    assert all(ready(listener, 5) for listener in listeners)
    for listener in listeners:
        listener.close()


def test_reading_a_refusal_and_an_act_that_changes_nothing_ring_no_bell(hall: Hall) -> None:
    hall.issue(CARD, request_id="tap-1")
    with hall.listen() as listener:
        hall.board()
        hall.issue(CARD, request_id="tap-1")
        with pytest.raises(Refusal):
            hall.issue("nothing")
        assert not ready(listener, 0)


def test_a_listener_that_never_clears_does_not_hold_anybody_up(hall: Hall) -> None:
    with hall.listen() as listener:
        for _ in range(600):  # more than a socket's buffer holds
            hall.open_counter("1")
        assert ready(listener, 0)
        listener.clear()
        assert not ready(listener, 0)
        hall.open_counter("1")
        assert ready(listener, 5)


def test_the_socket_of_a_killed_listener_is_removed_by_the_next_ring(hall: Hall, tmp_path: Path) -> None:
    code = (
        "import sys, signal\nfrom hall import Hall\n"
        "listener = Hall.open(sys.argv[1]).listen()\nprint('listening', flush=True)\nsignal.pause()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "queue.db")], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"listening\n"
    bell = tmp_path / "queue.db-bell"
    assert len(list(bell.iterdir())) == 1
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert len(list(bell.iterdir())) == 1
    with hall.listen() as listener:
        hall.issue(CARD)
        assert ready(listener, 5)
        assert len(list(bell.iterdir())) == 1
    assert list(bell.iterdir()) == []


def test_the_bell_works_however_deep_the_queue_lies(tmp_path: Path, clock: Clock) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-rather-long-name"] * 8)
    with Hall.open(deep / "queue.db", clock=clock) as hall, hall.listen() as listener:
        hall.add_staff("ani", "123456")
        assert ready(listener, 5)


def test_a_listener_where_no_socket_can_be_made_is_a_fault(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "queue.db-bell").write_text("in the way")
    with pytest.raises(Fault) as fault:
        hall.listen()
    assert fault.value.code == "database_unreachable"
    assert "queue.db" in fault.value.said()
    assert hall.issue(CARD).number == "A001"


def test_threads_may_share_one_hall(hall: Hall) -> None:
    numbers: list[str] = []
    errors: list[BaseException] = []

    def take() -> None:
        try:
            numbers.extend(hall.issue(CARD).number for _ in range(25))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(numbers) == [f"A{count:03d}" for count in range(1, 151)]


def test_without_a_clock_of_its_own_a_hall_uses_the_machines(tmp_path: Path) -> None:
    with Hall.open(tmp_path / "queue.db") as hall:
        before = datetime.now(UTC)
        hall.add_staff("ani", "123456")
        assert before.replace(microsecond=0) <= hall.events()[0].at <= datetime.now(UTC)
