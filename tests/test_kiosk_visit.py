"""The visit machine: what each tap, answer and passing second makes of a visit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hall import Refusal, Ticket
from kiosk import visit as visits
from kiosk.pages import (
    Adapt,
    Agencies,
    Another,
    Answer,
    Asking,
    Back,
    CheckIn,
    ChooseAgency,
    ChooseService,
    Corner,
    Door,
    Ease,
    Enter,
    Erase,
    Event,
    HallFound,
    HallLost,
    Issued,
    Lost,
    OpenCheckIn,
    OpenEasier,
    Opening,
    OpenSearch,
    PinRight,
    PinWrong,
    Printing,
    Refused,
    Saver,
    Scanned,
    Search,
    Services,
    Slip,
    SlipTold,
    Speak,
    StartOver,
    Taken,
    Tick,
    Touch,
    Turn,
    Type,
    Wish,
    Workshop,
)
from kiosk.specimen import specimen
from kiosk.visit import Rules, Visit

RULES = Rules(("id", "en"), idle_seconds=60, ticket_seconds=20, asks=lambda _: False)


def ticket() -> Ticket:
    page = specimen("ticket", "id")[0].page
    assert isinstance(page, Taken)
    return page.ticket


class Story:
    """A visit told event by event; a second passes before each unless said otherwise."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules, self.now = rules, 0.0
        self.visit = visits.begin(rules, self.now, "kiosk-1.f00d")
        self.on(HallFound())

    def on(self, *events: Event, after: float = 1.0) -> Visit:
        for event in events:
            self.now += after
            self.visit = visits.step(self.visit, event, self.now, self.rules)
        return self.visit

    @property
    def request(self) -> str:
        wanted = visits.wanted(self.visit)
        assert wanted is not None
        return wanted.request


def asked() -> Story:
    story = Story()
    story.on(ChooseAgency("tax"), ChooseService("tax.pay"))
    return story


def taken() -> Story:
    story = asked()
    story.on(Issued(story.request, ticket()))
    return story


def test_a_kiosk_shows_nothing_to_touch_before_the_hall_has_answered() -> None:
    assert isinstance(visits.begin(RULES, 0, "k").page, Opening)


def test_three_steps_lead_to_a_ticket() -> None:
    story = Story()
    assert isinstance(story.visit.page, Agencies)
    assert isinstance(story.on(ChooseAgency("tax")).page, Services)
    assert isinstance(story.on(ChooseService("tax.pay")).page, Printing)
    page = story.on(Issued(story.request, ticket())).page
    assert isinstance(page, Taken)
    assert page.slip is Slip.COMING


def test_the_second_half_of_a_double_tap_on_an_agency_takes_no_ticket() -> None:
    story = Story()
    story.on(ChooseAgency("tax"))
    assert isinstance(story.on(ChooseService("tax.pay"), after=0.2).page, Services)


def test_the_second_half_of_a_double_tap_on_a_service_does_not_put_the_ticket_away() -> None:
    story = asked()
    story.on(Issued(story.request, ticket()), after=0.01)
    assert isinstance(story.on(StartOver(), after=0.2).page, Taken)


def test_a_second_tap_while_printing_changes_nothing() -> None:
    story = asked()
    before = story.visit.page
    assert story.on(ChooseService("tax.pay"), ChooseAgency("civil"), Back(), Turn(1)).page == before


def test_two_steps_never_make_the_same_request() -> None:
    first = asked()
    requests = {first.request}
    first.on(Refused(first.request, Refusal("closed")), ChooseService("tax.pay"))
    requests.add(first.request)
    first.on(Issued(first.request, ticket()), StartOver(), ChooseAgency("tax"), ChooseService("tax.pay"))
    requests.add(first.request)
    assert len(requests) == 3


def test_an_answer_to_another_request_is_not_this_visitor_s() -> None:
    story = asked()
    assert isinstance(story.on(Issued("somebody.else", ticket())).page, Printing)
    assert isinstance(story.on(Refused("somebody.else", Refusal("closed"))).page, Printing)


def test_a_refusal_brings_back_the_services_with_the_reason() -> None:
    story = asked()
    page = story.on(Refused(story.request, Refusal("cap_reached", cap=3))).page
    assert isinstance(page, Services)
    assert page.refusal is not None
    assert page.refusal.code == "cap_reached"


def test_back_leads_to_the_sheet_of_agencies_one_came_from() -> None:
    story = Story()
    story.on(Turn(2), ChooseAgency("tax"))
    assert story.on(Back()).page == Agencies(2)


def test_a_language_can_be_changed_on_every_page() -> None:
    for story in (Story(), asked(), taken()):
        page = story.visit.page
        assert story.on(Speak("en")).language == "en"
        assert story.visit.page == page


def test_a_language_the_hall_does_not_speak_is_not_taken() -> None:
    assert Story().on(Speak("xx")).language == "id"


def test_a_visitor_who_goes_away_leaves_the_start_page_in_the_hall_s_own_language() -> None:
    story = Story()
    story.on(Speak("en"), ChooseAgency("tax"))
    assert isinstance(story.on(Tick(), after=89).page, Services)
    gone = story.on(Tick(), after=1)
    assert gone.page == Agencies()
    assert gone.language == "id"


def test_any_touch_extends_the_visit() -> None:
    story = Story()
    story.on(ChooseAgency("tax"))
    story.on(Touch(), after=89)
    assert isinstance(story.on(Tick(), after=89).page, Services)


def test_the_last_thirty_seconds_are_counted_down() -> None:
    story = Story()
    story.on(ChooseAgency("tax"))
    assert visits.remaining(story.visit, RULES, story.now + 59.9) == 0
    assert visits.remaining(story.visit, RULES, story.now + 60) == 30
    assert visits.remaining(story.visit, RULES, story.now + 89.5) == 1


def test_a_tick_is_only_wanted_when_it_can_change_something() -> None:
    story = Story()
    assert visits.wakes(story.visit, RULES, story.now) is None
    story.on(ChooseAgency("tax"))
    assert visits.wakes(story.visit, RULES, story.now) == pytest.approx(60)
    assert visits.wakes(story.visit, RULES, story.now + 62.75) == pytest.approx(0.25)


def test_the_ticket_page_closes_by_itself() -> None:
    story = taken()
    assert isinstance(story.on(Tick(), after=19).page, Taken)
    assert story.on(Tick(), after=1.1).page == Agencies()


def test_the_visitor_is_told_to_take_the_slip_once_it_is_printed() -> None:
    story = taken()
    page = story.on(SlipTold(ticket().id, Slip.READY)).page
    assert isinstance(page, Taken)
    assert page.slip is Slip.READY


def test_news_of_another_ticket_s_slip_is_not_shown() -> None:
    story = taken()
    page = story.on(SlipTold(ticket().id + 1, Slip.FAILED)).page
    assert isinstance(page, Taken)
    assert page.slip is Slip.COMING


def test_a_slip_that_does_not_come_is_taken_for_failed() -> None:
    story = taken()
    page = story.on(Tick(), after=visits.PATIENCE).page
    assert isinstance(page, Taken)
    assert page.slip is Slip.FAILED


def test_a_kiosk_without_a_printer_promises_no_slip() -> None:
    story = Story(replace(RULES, paper=False))
    story.on(ChooseAgency("tax"), ChooseService("tax.pay"))
    page = story.on(Issued(story.request, ticket())).page
    assert isinstance(page, Taken)
    assert page.slip is Slip.NONE


def test_a_lost_hall_is_shown_and_found_again() -> None:
    story = Story()
    assert isinstance(story.on(HallLost()).page, Lost)
    assert story.on(HallFound()).page == Agencies()


def test_a_ticket_asked_for_when_the_hall_was_lost_is_asked_for_again_with_the_same_request() -> None:
    story = asked()
    request = story.request
    assert isinstance(story.on(HallLost()).page, Lost)
    story.on(HallFound())
    assert story.request == request
    assert isinstance(story.on(Issued(request, ticket())).page, Taken)


def test_a_visitor_who_did_not_wait_for_the_hall_leaves_no_wish_behind() -> None:
    story = asked()
    story.on(HallLost())
    story.on(Tick(), after=91)
    assert story.visit.page == Lost()
    assert visits.wanted(story.visit) is None


def test_a_ticket_in_the_visitor_s_hand_stays_on_the_screen_when_the_hall_is_lost() -> None:
    story = taken()
    assert isinstance(story.on(HallLost()).page, Taken)
    assert story.on(StartOver()).page == Lost()


def with_door() -> Story:
    return Story(replace(RULES, door=True, bookings=True))


def knocked(story: Story, times: int = visits.KNOCKS, after: float = 0.3) -> Visit:
    for _ in range(times):
        story.on(Corner(), after=after)
    return story.visit


def test_seven_quick_touches_of_the_corner_lead_to_the_technician_s_door() -> None:
    assert isinstance(knocked(with_door()).page, Door)


def test_fewer_or_slower_touches_of_the_corner_do_nothing() -> None:
    assert knocked(with_door(), visits.KNOCKS - 1).page == Agencies()
    assert knocked(with_door(), 3 * visits.KNOCKS, after=1.0).page == Agencies()


def test_the_corner_takes_no_visitor_away_from_the_ticket_that_is_being_made() -> None:
    story = Story(replace(RULES, door=True))
    story.on(ChooseAgency("tax"), ChooseService("tax.pay"))
    assert isinstance(knocked(story, 2 * visits.KNOCKS).page, Printing)


def test_without_a_pin_there_is_no_door() -> None:
    assert knocked(Story()).page == Agencies()


def test_the_door_opens_for_the_right_pin_and_waits_after_wrong_ones() -> None:
    story = with_door()
    knocked(story)
    page = story.on(Type("1"), Type("2"), Enter()).page
    assert page == Door("12", checking=True)
    assert story.on(Type("3"), Enter()).page == page
    page = story.on(PinWrong(60.0)).page
    assert page == Door(wrong=True, shut_until=story.now + 60)
    assert story.on(Type("1")).page == page
    story.on(Type("1"), after=60)
    assert isinstance(story.on(Enter(), PinRight()).page, Workshop)


def test_leaving_the_door_does_not_shorten_the_wait() -> None:
    story = with_door()
    knocked(story)
    story.on(Type("1"), Enter(), PinWrong(60.0), StartOver())
    page = knocked(story).page
    assert isinstance(page, Door)
    assert page.shut_until > story.now + 30


def test_the_door_is_there_when_the_hall_is_lost() -> None:
    story = with_door()
    story.on(HallLost())
    assert isinstance(knocked(story).page, Door)


def test_a_technician_who_goes_away_leaves_the_start_page() -> None:
    story = with_door()
    knocked(story)
    story.on(Type("1"), Enter(), PinRight())
    assert story.on(Tick(), after=RULES.idle_seconds + visits.WARNING).page == Agencies()


def test_a_scanned_code_is_asked_for_from_any_page_of_a_visit() -> None:
    for events in ((), (ChooseAgency("tax"),), (OpenSearch(), Type("k")), (OpenCheckIn(),), (OpenEasier(),)):
        story = with_door()
        story.on(*events)
        story.on(Scanned("MPP-17"))
        assert visits.wanted(story.visit) == Wish(story.request, booking="MPP-17")


def test_a_second_scan_while_the_first_is_asked_for_changes_nothing() -> None:
    story = with_door()
    story.on(Scanned("MPP-17"))
    before = story.visit.page
    assert story.on(Scanned("MPP-18")).page == before


def test_a_code_that_is_refused_can_be_corrected() -> None:
    story = with_door()
    story.on(OpenCheckIn(), Type("X"), Enter())
    page = story.on(Refused(story.request, Refusal("unknown_booking"))).page
    assert isinstance(page, CheckIn)
    assert (page.typed, page.refusal and page.refusal.code) == ("X", "unknown_booking")
    assert story.on(Erase()).page == CheckIn("")


def test_priority_is_asked_only_where_it_makes_a_difference_and_is_kept_to_one_ticket() -> None:
    story = Story(replace(RULES, asks=lambda service: service == "tax.pay"))
    story.on(ChooseAgency("tax"))
    assert isinstance(story.on(ChooseService("tax.ask")).page, Printing)
    story.on(Refused(story.request, Refusal("closed")), ChooseService("tax.pay"))
    assert isinstance(story.visit.page, Asking)
    wish = visits.wanted(story.on(Answer("elderly")))
    assert wish is not None
    assert wish.priority == "elderly"
    story.on(Issued(wish.request, ticket()), Another(), ChooseAgency("tax"), ChooseService("tax.ask"))
    assert (wanted := visits.wanted(story.visit)) is not None
    assert wanted.priority is None


def test_another_service_keeps_the_visitor_s_language_and_eases() -> None:
    story = taken()
    story.on(Speak("en"), OpenEasier(), Adapt(Ease.LARGE), Back())
    again = story.on(Another())
    assert (again.page, again.language, again.eased) == (Agencies(), "en", frozenset({Ease.LARGE}))


def test_the_next_visitor_finds_no_trace_of_the_last() -> None:
    story = Story()
    story.on(Speak("en"), OpenEasier(), Adapt(Ease.CONTRAST), Back(), OpenSearch(), Type("k"), StartOver())
    assert visits.fresh(story.visit, RULES)
    assert story.on(OpenSearch()).page == Search()


def test_the_pictures_come_after_a_quiet_while_and_go_at_a_touch_that_chooses_nothing() -> None:
    story = Story(replace(RULES, saver_seconds=180))
    assert visits.wakes(story.visit, story.rules, story.now) == pytest.approx(180)
    story.on(Tick(), after=179)
    assert story.visit.page == Agencies()
    assert story.on(Tick()).page == Saver()
    story.on(Touch())
    assert story.on(ChooseAgency("tax"), after=0.1).page == Agencies()


def test_the_pictures_never_come_over_a_visit() -> None:
    story = Story(replace(RULES, saver_seconds=20))
    story.on(Speak("en"))
    assert story.on(Tick(), after=21).page == Agencies()


def test_nothing_more_can_be_typed_than_a_code_has_letters() -> None:
    story = with_door()
    story.on(OpenSearch())
    for _ in range(2 * visits.LONGEST):
        story.on(Type("a"), after=0.01)
    page = story.visit.page
    assert isinstance(page, Search)
    assert len(page.typed) == visits.LONGEST
