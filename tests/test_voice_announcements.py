"""The announcements of a zone, with a clock of our own: order, what is left out and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from display.announcements import (
    Announcements,
    Call,
    Decision,
    Form,
    Over,
    Rules,
    Saying,
    Why,
    given_up,
    heard,
    spoken,
    upcoming,
)
from hall.tickets import TicketId

MORNING = datetime(2026, 9, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
SECONDS = {Form.FULL: 7.0, Form.SHORT: 5.0, Form.CHIME: 1.5}


class Zone:
    """One audio zone: calls come in, and what is said takes its time."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.state = Announcements()
        self.now = MORNING
        self.quiet = False
        self.sequence = 0
        self.decisions: list[Decision] = []
        self.said: list[Saying] = []

    def call(self, ticket: int | None = None, languages: tuple[str, ...] = ("en", "id")) -> int:
        """A new ticket's call, or one again."""
        self.sequence += 1
        ticket = ticket or 1000 + self.sequence
        call = Call(self.sequence, TicketId(ticket), f"A{ticket}", "3", {}, languages, self.now)
        self._keep(heard(self.state, [call], self.now))
        return ticket

    def over(self, ticket: int) -> None:
        self._keep(heard(self.state, [Over(TicketId(ticket))], self.now))

    def begin(self) -> Saying | None:
        state, saying = upcoming(self.state, self.now, self.rules, quiet=self.quiet)
        self._keep(state)
        return saying

    def end(self, saying: Saying) -> None:
        self.now += timedelta(seconds=SECONDS[saying.form])
        self.said.append(saying)
        self._keep(spoken(self.state, saying.language, saying.form))

    def say(self) -> Saying | None:
        """The next thing, from its beginning to its end."""
        saying = self.begin()
        if saying is not None:
            self.end(saying)
        return saying

    def say_all(self) -> None:
        while self.say() is not None:
            pass

    def whys(self) -> list[Why]:
        return [decision.why for decision in self.decisions]

    def _keep(self, state: Announcements) -> None:
        self.state = state
        self.decisions += state.decided


def test_the_visitors_language_comes_first_then_the_halls() -> None:
    zone = Zone()
    zone.call(languages=("ru", "id"))
    zone.say_all()
    assert [(saying.language, saying.form, saying.part) for saying in zone.said] == [
        ("ru", Form.FULL, 0),
        ("id", Form.FULL, 1),
    ]
    assert zone.whys() == [Why.COMPLETE]


def test_a_call_can_be_said_twice() -> None:
    zone = Zone(Rules(times=2))
    zone.call()
    zone.say_all()
    assert [saying.language for saying in zone.said] == ["en", "id", "en", "id"]
    assert [saying.part for saying in zone.said] == [0, 1, 2, 3], "one chime for all of them"


def test_calls_are_said_in_their_order() -> None:
    zone = Zone()
    for _ in range(3):
        zone.call(languages=("id",))
    zone.say_all()
    assert [saying.call.sequence for saying in zone.said] == [1, 2, 3]


def test_the_repeat_is_dropped_first() -> None:
    zone = Zone(Rules(times=2))
    zone.call()
    saying = zone.begin()
    assert saying is not None
    zone.call()
    zone.end(saying)
    zone.say_all()
    assert zone.whys() == [Why.NOT_REPEATED, Why.COMPLETE]
    assert [saying.language for saying in zone.said] == ["en", "id", *["en", "id"] * 2]


def test_then_the_second_language_is_dropped() -> None:
    zone = Zone()
    for _ in range(3):
        zone.call()
    zone.say_all()
    assert [decision.said for decision in zone.decisions] == [
        (("en", Form.FULL),),
        (("en", Form.FULL), ("id", Form.FULL)),
        (("en", Form.FULL), ("id", Form.FULL)),
    ]
    assert zone.whys() == [Why.ONE_LANGUAGE, Why.COMPLETE, Why.COMPLETE]


def test_then_the_call_is_shortened() -> None:
    zone = Zone()
    for _ in range(6):
        zone.call()
    zone.say_all()
    assert [saying.form for saying in zone.said[:3]] == [Form.SHORT, Form.SHORT, Form.FULL]
    assert zone.whys()[:3] == [Why.SHORTENED, Why.SHORTENED, Why.ONE_LANGUAGE]
    assert [decision.backlog for decision in zone.decisions[:3]] == [5, 4, 3]


def test_at_last_a_call_too_old_is_dropped() -> None:
    zone = Zone()
    zone.call()
    zone.now += timedelta(seconds=60)
    assert zone.begin() is not None
    zone = Zone()
    zone.call()
    zone.now += timedelta(seconds=60.1)
    assert zone.begin() is None
    assert zone.whys() == [Why.TOO_OLD]
    assert zone.decisions[0].said == ()


def test_a_ticket_served_or_gone_before_its_turn_is_not_announced() -> None:
    zone = Zone()
    zone.call(1)
    zone.call(2)
    zone.over(2)
    zone.say_all()
    assert [saying.call.ticket for saying in zone.said] == [1, 1]
    assert zone.whys() == [Why.OVER, Why.COMPLETE]


def test_what_is_being_said_is_never_cut_off_but_not_gone_on_with_once_it_is_over() -> None:
    zone = Zone(Rules(times=2))
    zone.call(1)
    saying = zone.begin()
    assert saying is not None
    zone.over(1)
    zone.end(saying)
    zone.say_all()
    assert [decision.said for decision in zone.decisions] == [(("en", Form.FULL),)]
    assert zone.whys() == [Why.OVER]


def test_a_recall_is_a_call_like_the_first() -> None:
    zone = Zone()
    zone.call(1)
    zone.say_all()
    zone.call(1)
    zone.say_all()
    first, second = zone.said[0], zone.said[2]
    assert replace(second.call, sequence=first.call.sequence, at=first.call.at) == first.call
    assert (second.language, second.form, second.part) == (first.language, first.form, first.part)


def test_a_ticket_called_again_before_its_turn_is_announced_once() -> None:
    zone = Zone()
    zone.call(1)
    zone.call(2)
    zone.call(1)
    zone.say_all()
    assert [saying.call.sequence for saying in zone.said if not saying.part] == [2, 3]
    assert zone.whys() == [Why.CALLED_AGAIN, Why.COMPLETE, Why.COMPLETE]


def test_nothing_is_said_in_a_quiet_time_nor_after_it() -> None:
    zone = Zone()
    zone.quiet = True
    zone.call()
    zone.say_all()
    zone.quiet = False
    zone.say_all()
    assert zone.said == []
    assert zone.whys() == [Why.QUIET]


def test_a_quiet_time_lets_the_saying_end() -> None:
    zone = Zone()
    zone.call()
    zone.say()
    zone.quiet = True
    zone.say_all()
    assert len(zone.said) == 1
    assert zone.whys() == [Why.QUIET]


def test_without_a_voice_there_is_one_chime_for_all_that_wait() -> None:
    zone = Zone(Rules(voice=False))
    for _ in range(3):
        zone.call()
    zone.say_all()
    assert [saying.form for saying in zone.said] == [Form.CHIME]
    assert zone.whys() == [Why.CHIMED_TOGETHER, Why.CHIMED_TOGETHER, Why.NO_VOICE]


def test_a_voice_that_fails_leaves_the_chime_of_the_call_and_no_second_one() -> None:
    zone = Zone()
    zone.call()
    saying = zone.begin()
    assert saying is not None
    zone._keep(spoken(zone.state, saying.language, Form.CHIME))
    assert zone.begin() is None
    assert zone.whys() == [Why.NO_VOICE]


def test_what_cannot_be_played_is_given_up_and_the_next_is_tried() -> None:
    zone = Zone()
    zone.call()
    zone.call()
    assert zone.begin() is not None
    zone._keep(given_up(zone.state, zone.now, Why.NO_SOUND))
    assert zone.begin() is not None
    assert zone.whys() == [Why.NO_SOUND]
    assert given_up(Announcements(), zone.now, Why.NO_SOUND) == Announcements()


@given(
    some.lists(some.sampled_from(["call", "again", "over", "begin", "end", "wait", "quiet"]), max_size=80), some.data()
)
def test_whatever_happens_every_call_gets_one_decision_and_sayings_never_cross(
    acts: list[str], data: some.DataObject
) -> None:
    zone = Zone(Rules(times=2))
    saying: Saying | None = None
    tickets: list[int] = []
    for act in acts:
        if act == "call" or not tickets:
            tickets.append(zone.call())
        elif act == "again":
            zone.call(data.draw(some.sampled_from(tickets)))
        elif act == "over":
            zone.over(data.draw(some.sampled_from(tickets)))
        elif act == "wait":
            zone.now += timedelta(seconds=17)
        elif act == "quiet":
            zone.quiet = not zone.quiet
        elif act == "begin" and saying is None:
            saying = zone.begin()
        elif act == "end" and saying is not None:
            zone.end(saying)
            saying = None
    if saying is not None:
        zone.end(saying)
    zone.say_all()
    assert sorted(decision.call.sequence for decision in zone.decisions) == list(range(1, zone.sequence + 1))
    begun = [saying.call.sequence for saying in zone.said]
    assert begun == sorted(begun)
    for decision in zone.decisions:
        assert len(decision.said) == sum(saying.call == decision.call for saying in zone.said)
        if decision.began is not None:
            assert decision.began - decision.call.at <= zone.rules.oldest
