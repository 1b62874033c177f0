"""What the board shows and for how long, with a clock of our own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.board import LENGTH, Board, BoardCall
from hall.stage import Rules, Stage, advance
from hall.tickets import TicketId

MORNING = datetime(2026, 9, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
RULES = Rules(hold=8, replay=timedelta(seconds=60), room=3, listed=5)


class Day:
    """A hall that calls, and a board that looks."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules = rules
        self.seconds = 0.0
        self.sequence = 1
        self.calls: list[BoardCall] = []
        self.stage = Stage()
        self.arrived: tuple[int, ...] = ()
        """Lit for the first time in the last look."""
        self.look()

    @property
    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds)

    def call(self, ticket: int | None = None, counter: str | None = None) -> int:
        """Call a new ticket, or one again, at a counter of its own unless one is named; the sequence of the call."""
        self.sequence += 1
        counter = counter or str(self.sequence)
        ticket = ticket or 1000 + self.sequence
        call = BoardCall(self.sequence, TicketId(ticket), f"A{ticket:03d}", counter, "a", "dukcapil", self.now, 1)
        self.calls = [call, *(other for other in self.calls if other.ticket != ticket)]
        return self.sequence

    def look(self) -> Stage:
        board = Board(self.sequence, self.now, tuple(self.calls[:LENGTH]))
        before, self.stage = self.stage, advance(self.stage, board, self.now, self.seconds, self.rules)
        self.arrived = tuple(sorted(self.stage.lit - before.lit))
        return self.stage

    def new(self) -> tuple[int, ...]:
        """Look; what is lit for the first time."""
        self.look()
        return self.arrived

    def restart(self) -> None:
        self.stage = Stage()

    def wait(self, seconds: float, watch: Callable[[], None] = lambda: None) -> None:
        """Let time pass as the board does: it looks whenever something is due."""
        end = self.seconds + seconds
        while self.stage.wake is not None and self.stage.wake <= end:
            self.seconds = self.stage.wake
            self.look()
            watch()
        self.seconds = end


def on_stage(stage: Stage) -> list[int]:
    return [held.call.sequence for held in stage.held]


def listed(stage: Stage) -> list[int]:
    return [call.sequence for call in stage.recent]


def test_a_new_call_comes_on_the_stage_lit_and_rings_once() -> None:
    day = Day()
    first = day.call()
    assert on_stage(day.look()) == [first]
    assert day.stage.lit == {first}
    assert day.arrived == (first,)
    assert day.new() == ()


def test_a_call_is_lit_for_its_whole_time_and_then_stays_unlit() -> None:
    day = Day()
    first = day.call()
    day.look()
    day.wait(7.9)
    assert day.look().lit == {first}
    day.wait(0.2)
    assert on_stage(day.look()) == [first]
    assert day.stage.lit == frozenset()
    assert day.stage.wake is None


def test_the_next_call_sends_the_one_before_to_the_list() -> None:
    day = Day()
    first = day.call()
    day.look()
    day.wait(20)
    second = day.call()
    assert on_stage(day.look()) == [second]
    assert listed(day.stage) == [first]


def test_two_calls_at_once_share_the_stage() -> None:
    day = Day()
    first, second = day.call(), day.call()
    assert on_stage(day.look()) == [second, first]
    assert day.arrived == (first, second)


def test_five_calls_at_once_are_all_lit_at_once_and_those_in_the_list_move_up_when_there_is_room() -> None:
    day = Day()
    calls = [day.call() for _ in range(5)]
    assert sorted(on_stage(day.look())) == calls[:3]
    assert listed(day.stage)[:2] == [calls[4], calls[3]]
    assert day.stage.lit == set(calls)
    assert day.arrived == tuple(calls)
    day.wait(8)
    assert day.stage.lit == set(calls[3:])
    assert sorted(on_stage(day.stage))[-2:] == calls[3:]
    assert day.arrived == (), "moving up is no second call"
    day.wait(8)
    assert day.stage.lit == frozenset()


def test_a_call_that_had_its_whole_time_in_the_list_does_not_come_on_the_stage_later() -> None:
    day = Day()
    for counter in ("1", "2", "3"):
        day.call(counter=counter)
    day.look()
    day.wait(2)
    fourth = day.call(counter="4")
    day.look()
    day.wait(5.9)
    for counter in ("1", "2", "3"):
        day.call(counter=counter)
    day.look()
    day.wait(0.2)
    assert fourth in on_stage(day.stage), "the stage was free before its time in the list was over"
    day.wait(30)
    assert fourth not in day.stage.lit


def test_a_burst_beyond_stage_and_list_waits_in_order_and_each_call_is_lit_for_its_time() -> None:
    day = Day(Rules(hold=8, room=3, listed=8))
    lit_at: dict[int, float] = {}
    dark_at: dict[int, float] = {}

    def watch() -> None:
        for sequence in day.stage.lit:
            lit_at.setdefault(sequence, day.seconds)
        for sequence in lit_at.keys() - day.stage.lit:
            dark_at.setdefault(sequence, day.seconds)
        assert not day.stage.passed

    calls = []
    for _ in range(40):
        calls.append(day.call())
        day.look()
        watch()
        day.wait(0.25, watch)
    day.wait(60, watch)
    assert list(lit_at) == calls, "in the order of the calls"
    assert all(dark_at[call] - lit_at[call] >= 8 for call in calls)
    assert max(lit_at.values()) < 35, "the last of forty is lit little more than half a minute after the first"


def test_who_is_lit_in_the_list_while_the_counter_calls_another_moves_up_no_more() -> None:
    day = Day()
    calls = [day.call(counter=counter) for counter in ("1", "2", "3", "4")]
    day.look()
    day.wait(2)
    served, newer = calls[3], day.call(counter="4")
    assert served in day.look().lit
    day.wait(6)
    assert newer in on_stage(day.stage)
    day.wait(60)
    assert served not in on_stage(day.stage)


def test_a_call_that_waits_and_is_taken_back_is_never_lit() -> None:
    day = Day(Rules(room=1, listed=1))
    day.call(), day.call()
    gone = day.call(ticket=7)
    assert [call.sequence for call in day.look().queue] == [gone]
    day.calls = [call for call in day.calls if call.ticket != 7]
    assert day.look().passed == (gone,)
    assert day.stage.queue == ()


def test_one_counter_calling_for_hours_leaves_nobody_waiting_for_the_stage() -> None:
    day = Day()
    for _ in range(200):
        day.call(counter="3")
        day.look()
        day.wait(0.1)
        assert len(day.stage.queue) <= 1


def test_a_call_whose_time_is_over_stays_while_others_are_in_theirs() -> None:
    day = Day()
    first = day.call()
    day.look()
    day.wait(5)
    second = day.call()
    day.look()
    day.wait(5)
    assert on_stage(day.look()) == [second, first]
    assert day.stage.lit == {second}
    day.wait(5)
    assert on_stage(day.stage) == [second]


def test_a_recall_is_lit_and_rung_again_and_stands_once_on_the_board() -> None:
    day = Day()
    day.call(ticket=7)
    day.look()
    day.wait(25)
    day.call(ticket=8)
    day.look()
    day.wait(25)
    again = day.call(ticket=7)
    assert day.new() == (again,)
    assert day.stage.lit == {again}
    assert [call.ticket for call in day.stage.recent] == [8]


def test_a_ticket_called_to_another_counter_shows_only_the_new_one() -> None:
    day = Day()
    day.call(ticket=7, counter="3")
    day.look()
    day.wait(1)
    day.call(ticket=7, counter="9")
    assert [held.call.counter for held in day.look().held] == ["9"]
    assert "3" not in [call.counter for call in day.stage.recent]


def test_after_a_restart_old_calls_are_listed_and_fresh_ones_rung() -> None:
    day = Day()
    old = day.call()
    day.wait(RULES.hold + 1)
    fresh = day.call()
    day.wait(RULES.hold)
    day.restart()
    assert day.new() == (fresh,)
    assert listed(day.stage) == [old]


def test_a_board_that_may_replay_less_than_it_holds_lights_no_more_after_a_restart() -> None:
    day = Day(Rules(hold=8, replay=timedelta(seconds=3)))
    day.call()
    day.wait(4)
    day.restart()
    assert day.look().lit == frozenset()


def test_after_a_restart_in_a_burst_the_newest_call_comes_first_and_the_others_still_get_their_time() -> None:
    day = Day(Rules(room=2, listed=2))
    calls = [day.call() for _ in range(6)]
    day.restart()
    assert on_stage(day.look()) == calls[:-3:-1]
    assert day.stage.lit == set(calls[2:])
    lit: set[int] = set()
    day.wait(30, lambda: lit.update(day.stage.lit))
    assert lit >= set(calls[:2])


def test_after_a_restart_in_a_quiet_hour_the_newest_call_stands_unlit() -> None:
    day = Day()
    old = [day.call() for _ in range(3)]
    day.wait(600)
    assert on_stage(day.look()) == [old[-1]]
    assert (day.stage.lit, day.arrived) == (frozenset(), ())


def test_calls_made_while_the_hall_was_lost_are_caught_up_by_sequence() -> None:
    day = Day()
    day.call()
    day.look()
    day.wait(100)
    missed, fresh = day.call(), None
    day.wait(70)
    fresh = day.call()
    assert day.new() == (fresh,)
    assert missed in listed(day.stage)


def test_a_queue_restored_from_a_backup_starts_the_board_anew() -> None:
    day = Day()
    for _ in range(9):
        day.call()
    day.look()
    day.wait(100)
    day.sequence, day.calls = 2, []
    call = day.call()
    assert day.new() == (call,)


def test_a_new_day_empties_the_board() -> None:
    day = Day()
    day.call()
    day.look()
    day.wait(20)
    day.calls = []
    stage = day.look()
    assert (stage.held, stage.recent) == ((), ())


def test_a_call_taken_back_leaves_the_stage_when_its_time_is_over() -> None:
    day = Day()
    first = day.call(ticket=1)
    gone = day.call(ticket=2)
    day.look()
    day.calls = [call for call in day.calls if call.ticket != 2]
    assert gone in day.look().lit, "nothing flashes past"
    day.wait(9)
    assert on_stage(day.stage) == [first]


@settings(max_examples=150, deadline=None)
@given(
    room=st.integers(1, 3),
    pauses=st.lists(st.sampled_from([0.0, 0.0, 0.25, 1.0, 3.0, 7.75, 8.0, 20.0]), min_size=1, max_size=30),
    repeats=st.lists(st.integers(0, 9), min_size=30, max_size=30),
)
def test_no_call_is_ever_lost_and_each_is_lit_for_its_time(room: int, pauses: list[float], repeats: list[int]) -> None:
    day = Day(Rules(hold=8, room=room, listed=5))
    lit_at: dict[int, float] = {}
    dark_at: dict[int, float] = {}
    rung: list[int] = []
    superseded: set[int] = set()

    def watch() -> None:
        rung.extend(day.arrived)
        for sequence in day.stage.lit:
            lit_at.setdefault(sequence, day.seconds)
        for sequence in lit_at.keys() - day.stage.lit:
            dark_at.setdefault(sequence, day.seconds)
        assert len(day.stage.held) <= room
        assert len(day.stage.recent) <= 5
        assert day.stage.lit <= day.stage.shown
        tickets = [held.call.ticket for held in day.stage.held] + [call.ticket for call in day.stage.recent]
        assert len(tickets) == len(set(tickets))

    calls: list[int] = []
    for pause, repeat in zip(pauses, repeats, strict=False):
        ticket = 1000 + len(calls) if repeat else 1
        superseded |= {call.sequence for call in day.calls if call.ticket == ticket}
        calls.append(day.call(ticket=ticket))
        day.look()
        watch()
        if len(day.stage.lit) < room + 5:
            assert calls[-1] in day.stage.lit, "while there is room a new call is lit at once"
        day.wait(pause, watch)
    day.wait(8 * 31, watch)
    assert sorted(rung) == rung, "in the order of the calls"
    assert len(rung) == len(set(rung)), "and each once"
    assert set(calls) - superseded <= set(rung)
    for sequence in set(rung) - superseded:
        assert dark_at[sequence] - lit_at[sequence] >= 8
    assert on_stage(day.stage) == [calls[-1]]
