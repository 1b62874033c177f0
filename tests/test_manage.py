"""What managers and supervisors do in the browser: live hall, catalogue, staff, journal, figures; over real HTTP."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from benchmarks.measure import midday
from hall import Hall
from hall.devices import DeviceKind
from hall.figures import figures, percentile
from hall.rights import Role
from hall.tickets import TicketState
from tests.counter_server import PIN, Room, counter_room, token_in
from tests.halls import SMALL


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("manage"), midday(SMALL)) as room:
        room.hall.add_staff("mira", PIN, Role.MANAGER)
        room.hall.add_staff("tono", PIN, Role.SUPERVISOR, "tax")
        yield room


@contextmanager
def signed_in(room: Room, name: str) -> Iterator[httpx.Client]:
    token = room.hall.sign_in(name, PIN)
    cookies = {"antrean_session": token, "antrean_language": "en"}
    with httpx.Client(base_url=room.url, cookies=cookies) as client:
        client.headers["x-csrf"] = token_in(client.get("/figures").text)
        yield client


@pytest.fixture
def manager(room: Room) -> Iterator[httpx.Client]:
    with signed_in(room, "mira") as client:
        yield client


@pytest.fixture
def supervisor(room: Room) -> Iterator[httpx.Client]:
    with signed_in(room, "tono") as client:
        yield client


def post(client: httpx.Client, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> httpx.Response:
    pairs = list(fields.items()) if isinstance(fields, dict) else fields
    return client.post(
        path,
        content=urlencode([("csrf", client.headers["x-csrf"]), *pairs]),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )


def form(page: str) -> list[tuple[str, str]]:
    """What a browser would send of the one form of a page about the catalogue."""
    body = page.rpartition('<form method="post" action="/catalogue')[2].partition("</form>")[0]
    found: list[tuple[str, str]] = []
    pattern = (
        r"<input ([^>]*)>|<textarea name=\"([^\"]*)\"[^>]*>\n?([^<]*)</textarea>|<select name=\"([^\"]*)\".*?</select>"
    )
    for one in re.finditer(pattern, body, re.DOTALL):
        if one[2]:
            found.append((one[2], html.unescape(one[3])))
        elif one[4]:
            chosen = re.search(r'value="([^"]*)" selected', one[0])
            found.append((one[4], chosen[1] if chosen else ""))
        else:
            given = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', one[1]))
            if given.get("type") != "checkbox" or "checked" in one[1]:
                found.append((given["name"], html.unescape(given.get("value", ""))))
    return [(name, value) for name, value in found if name != "csrf"]


def changed(fields: list[tuple[str, str]], **values: str) -> list[tuple[str, str]]:
    named = {name.replace("__", "."): value for name, value in values.items()}
    assert named.keys() <= {name for name, _ in fields} | {"do"}
    return [(name, named.get(name, value)) for name, value in fields if name != "do"]


def test_the_hall_s_page_shows_lines_counters_devices_and_alarms(room: Room, manager: httpx.Client) -> None:
    ticket = room.hall.issue("civil.birth", printer=None)
    room.hall.beat(DeviceKind.KIOSK, "door", {"machine": "pc-7"})
    page = manager.get("/hall").text
    assert "No open counter serves “Birth”; waiting: 1" in page
    assert "pc-7" in page
    assert "Alive since" in page
    room.hall.cancel(ticket.id)
    assert "waiting: 1" not in manager.get("/hall").text


def test_a_service_is_paused_with_a_reason_and_opened_again(room: Room, manager: httpx.Client) -> None:
    assert post(manager, "/hall/pause-service", {"service": "tax.pay", "own": "No power"}).status_code == 303
    refusal = room.hall.refusal("tax.pay")
    assert refusal
    assert (refusal.code, refusal.data["reason"]) == ("service_paused", "No power")
    assert room.hall.events()[-1].staff == "mira"
    assert "Paused: No power." in manager.get("/hall").text
    assert post(manager, "/hall/open-service", {"service": "tax.pay"}).status_code == 303
    assert room.hall.refusal("tax.pay") is None


def test_the_hall_pauses_until_a_time_and_what_is_no_time_is_said_with_the_form_kept(
    room: Room, manager: httpx.Client
) -> None:
    answer = post(manager, "/hall/pause", {"own": "Prayer for all", "until": "25:99"})
    assert answer.status_code == 409
    assert "is no time such as 14:30" in answer.text
    assert 'value="Prayer for all"' in answer.text
    assert room.hall.pause is None
    assert post(manager, "/hall/pause", {"own": "Prayer for all", "until": ""}).status_code == 303
    pause = room.hall.pause
    assert pause
    assert (pause.reason, pause.staff) == ("Prayer for all", "mira")
    assert post(manager, "/hall/open", {}).status_code == 303
    assert room.hall.pause is None


def test_a_counter_that_was_left_open_is_closed_from_afar(room: Room, manager: httpx.Client) -> None:
    room.hall.open_counter("1")
    assert post(manager, "/hall/close-counter", {"counter": "1"}).status_code == 303
    assert room.hall.counter("1").state == "closed"


def test_a_message_goes_up_and_comes_down(room: Room, manager: httpx.Client) -> None:
    assert post(manager, "/hall/say", {"text-en": ""}).status_code == 409
    assert post(manager, "/hall/say", {"text-en": "<b>Lift</b> broken", "text-id": "Lift rusak"}).status_code == 303
    (message,) = room.hall.messages.running()
    page = manager.get("/hall").text
    assert "&lt;b&gt;Lift&lt;/b&gt; broken" in page
    board = httpx.get(f"{room.url}/board").text
    assert "Lift rusak" in board or "Lift&lt;/b&gt; broken" in board, "the languages take turns"
    assert post(manager, "/hall/unsay", {"message": str(message.id)}).status_code == 303
    assert room.hall.messages.all() == []


def test_a_supervisor_sees_and_touches_one_agency(room: Room, supervisor: httpx.Client) -> None:
    page = supervisor.get("/hall").text
    assert "Tax" in page
    assert "Civil registry" not in page
    assert post(supervisor, "/hall/pause-service", {"service": "civil.card"}).status_code == 403
    for act in ("pause", "open", "say", "unsay", "close-counter", "forget"):
        assert post(supervisor, f"/hall/{act}", {"text-en": "x", "counter": "1"}).status_code == 403
    assert post(supervisor, "/hall/pause-service", {"service": "tax.pay"}).status_code == 303
    assert post(supervisor, "/hall/open-service", {"service": "tax.pay"}).status_code == 303
    catalogue = supervisor.get("/catalogue").text
    assert "Pay" in catalogue
    assert "civil" not in catalogue
    for query in ("kind=hall", "kind=rules", "kind=counter&code=1", "kind=agency&code=civil", "kind=agency"):
        assert supervisor.get(f"/catalogue/edit?{query}").status_code == 403, query
    assert supervisor.get("/catalogue/file").status_code == 403
    fields = form(supervisor.get("/catalogue/edit?kind=service&code=tax.pay").text)
    sneaky = [(name, "civil.card" if name == "code" else value) for name, value in fields]
    assert post(supervisor, "/catalogue/edit", [*sneaky, ("do", "save")]).status_code == 403


def test_a_change_is_shown_before_it_is_saved_and_the_journal_says_who(room: Room, manager: httpx.Client) -> None:
    fields = form(manager.get("/catalogue/edit?kind=service&code=civil.card").text)
    preview = post(
        manager, "/catalogue/edit", [*changed(fields, minutes="12", name__en="Identity card"), ("do", "check")]
    )
    assert preview.status_code == 200
    assert "agency civil › service card › minutes" in preview.text
    assert room.hall.catalogue.service("civil.card").minutes != 12
    saved = post(manager, "/catalogue/edit", [*form(preview.text), ("do", "save")])
    assert saved.headers["location"] == "/catalogue"
    service = room.hall.catalogue.service("civil.card")
    assert (service.minutes, service.name["en"]) == (12, "Identity card")
    event = room.hall.events()[-1]
    assert (event.kind, event.staff) == ("catalogue_loaded", "mira")
    assert ["agency civil › service card › minutes", "10", "12"] in event.details["changes"]
    journal = manager.get("/journal?kind=catalogue_loaded&who=mira").text
    assert "agency civil › service card › minutes" in journal


def test_a_form_that_changes_nothing_changes_nothing_whatever_the_table(room: Room, manager: httpx.Client) -> None:
    _, document = room.hall.describing.now()
    for query in (
        "kind=hall",
        "kind=rules",
        "kind=zone&code=a",
        "kind=agency&code=civil",
        "kind=service&code=civil.birth",
        *(f"kind=counter&code={one['code']}" for one in document["counter"]),
    ):
        page = manager.get(f"/catalogue/edit?{query}")
        assert page.status_code == 200, query
        answer = post(manager, "/catalogue/edit", [*form(page.text), ("do", "check")])
        assert "Nothing changes." in answer.text, query


@pytest.mark.parametrize(
    ("query", "field", "typed", "told"),
    [
        ("kind=service&code=civil.card", "minutes", "soon", "should be a whole number"),
        ("kind=service&code=civil.card", "name__ru", "", "the name is missing in this language"),
        ("kind=service&code=civil.birth", "new-code", "card", "is used twice"),
        ("kind=agency&code=tax", "series", "A", "belongs to another agency already"),
        ("kind=hall", "hours__mon", "25:00-26:00", "25:00-26:00"),
        ("kind=hall", "timezone", "Mars/Base", "there is no time zone"),
        ("kind=rules", "alarm_wait_minutes", "0", "should be 1 or more"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_saved(
    room: Room, manager: httpx.Client, query: str, field: str, typed: str, told: str
) -> None:
    edition, _ = room.hall.describing.now()
    fields = form(manager.get(f"/catalogue/edit?{query}").text)
    for how in ("check", "save"):
        answer = post(manager, "/catalogue/edit", [*changed(fields, **{field: typed}), ("do", how)])
        assert answer.status_code == 409
        assert told in html.unescape(answer.text)
        assert 'aria-invalid="true"' in answer.text or 'class="wrong"' in answer.text
    assert room.hall.describing.now()[0] == edition


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(room: Room, manager: httpx.Client) -> None:
    fields = form(manager.get("/catalogue/edit?kind=service&code=civil.birth").text)
    with signed_in(room, "mira") as other:
        theirs = form(other.get("/catalogue/edit?kind=service&code=civil.birth").text)
        saved = post(other, "/catalogue/edit", [*changed(theirs, cap="9"), ("do", "save")])
        assert saved.status_code == 303
    answer = post(manager, "/catalogue/edit", [*changed(fields, minutes="33"), ("do", "save")])
    assert answer.status_code == 409
    assert "Somebody else has changed the catalogue meanwhile" in answer.text
    assert "agency civil › service birth › cap" in answer.text, "what would be undone is seen"
    assert room.hall.catalogue.service("civil.birth").cap == 9
    assert room.hall.catalogue.service("civil.birth").minutes != 33


def test_a_new_service_and_a_new_counter_come_and_go(room: Room, manager: httpx.Client) -> None:
    fields = form(manager.get("/catalogue/edit?kind=service&agency=tax").text)
    names = {f"name__{code}": f"Audit {code}" for code in ("id", "az", "en", "ru")}
    made = changed(fields, minutes="7", **{"new-code": "audit"}, **names)
    assert post(manager, "/catalogue/edit", [*made, ("do", "save")]).status_code == 303
    assert room.hall.catalogue.service("tax.audit").minutes == 7
    fields = form(manager.get("/catalogue/edit?kind=service&code=tax.audit").text)
    preview = post(manager, "/catalogue/edit", [*changed(fields), ("do", "remove")])
    assert "agency tax › service audit" in preview.text
    assert post(manager, "/catalogue/edit", [*form(preview.text), ("do", "save-remove")]).status_code == 303
    assert "tax.audit" not in room.hall.catalogue.services


LANGUAGES = ("id", "az", "en", "ru")


def test_the_usual_notes_are_shown_and_one_is_renamed_added_and_taken_out(room: Room, manager: httpx.Client) -> None:
    fields = form(manager.get("/catalogue/edit?kind=rules").text)
    assert ("notes.0.code", "copy") in fields
    assert ("notes.0.en", "Photocopy") in fields
    names = {f"notes__5__{one}": f"Stamp {one}" for one in LANGUAGES}
    typed = changed(fields, notes__0__en="Copies", notes__5__code="stamp", **names)
    preview = post(manager, "/catalogue/edit", [*typed, ("notes.1.out", "1"), ("do", "check")])
    assert re.findall(r'<th scope="row">([^<]+)</th>', preview.text) == [
        "rules › notes › copy › en",
        "rules › notes › payment",
        "rules › notes › stamp",
    ]
    assert room.hall.catalogue.rules.notes["copy"]["en"] == "Photocopy"
    assert post(manager, "/catalogue/edit", [*form(preview.text), ("do", "save")]).status_code == 303
    notes = room.hall.catalogue.rules.notes
    assert list(notes) == ["copy", "photo", "form", "document", "stamp"]
    assert (notes["copy"]["en"], notes["stamp"]["ru"]) == ("Copies", "Stamp ru")
    fields = form(manager.get("/catalogue/edit?kind=rules").text)
    typed = changed(fields, notes__0__code="copies")
    assert post(manager, "/catalogue/edit", [*typed, ("do", "save")]).status_code == 303
    assert next(iter(room.hall.catalogue.rules.notes)) == "copies", "a code that is renamed keeps its place"
    fields = form(manager.get("/catalogue/edit?kind=rules").text)
    out = [(f"notes.{row}.out", "1") for row in range(5)]
    preview = post(manager, "/catalogue/edit", [*fields, *out, ("do", "check")])
    assert "rules › notes › payment" in preview.text
    assert post(manager, "/catalogue/edit", [*form(preview.text), ("do", "save")]).status_code == 303
    assert list(room.hall.catalogue.rules.notes) == ["copy", "payment", "photo", "form", "document"]
    assert "notes" not in room.hall.describing.now()[1]["rules"]


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"notes__0__code": "Copy it"}, "notes.0.code", "“Copy it” is not allowed here"),
        ({"notes__5__code": "copy"}, "notes.5.code", "“copy” is used twice"),
        ({"notes__5__en": "Stamp"}, "notes.5.code", "“” is not allowed here"),
        ({"notes__5__code": "stamp"}, "notes.5.az", "the name is missing in this language"),
        ({"notes__2__ru": ""}, "notes.2.ru", "the name is missing in this language"),
        ({"notes__2__ru": "Ж" * 25}, "notes.2.ru", "should have at most 24 letters"),
    ],
)
def test_a_mistake_in_a_note_is_told_at_its_field_with_all_that_was_typed(
    room: Room, manager: httpx.Client, typed: dict[str, str], field: str, told: str
) -> None:
    edition, _ = room.hall.describing.now()
    fields = form(manager.get("/catalogue/edit?kind=rules").text)
    for how in ("check", "save"):
        answer = post(manager, "/catalogue/edit", [*changed(fields, **typed), ("notes.4.out", "1"), ("do", how)])
        assert answer.status_code == 409
        told_there = answer.text.partition(f'id="{field}-wrong"')[2].partition("</label>")[0]
        assert told in html.unescape(told_there)
        again = form(answer.text)
        for name, value in typed.items():
            assert (name.replace("__", "."), value) in again
        assert ("notes.4.out", "1") in again
    assert room.hall.describing.now()[0] == edition


def test_a_tenth_note_is_one_too_many(room: Room, manager: httpx.Client) -> None:
    fields = form(manager.get("/catalogue/edit?kind=rules").text)
    more = [(f"notes.{row}.{one}", f"n{row}") for row in range(20, 25) for one in ("code", *LANGUAGES)]
    answer = post(manager, "/catalogue/edit", [*fields, *more, ("do", "save")])
    assert answer.status_code == 409
    assert "should have at most 9 entries" in answer.text.partition('id="notes-wrong"')[2][:200]
    assert dict(more).items() <= dict(form(answer.text)).items()


def test_a_visitor_on_hold_for_a_note_that_is_taken_out_stays_on_hold(room: Room, manager: httpx.Client) -> None:
    _, before = room.hall.describing.now()
    ticket = room.hall.issue("civil.card", printer=None)
    room.hall.call(ticket.id, "1")
    room.hall.park(ticket.id, note="form")
    fields = form(manager.get("/catalogue/edit?kind=rules").text)
    assert post(manager, "/catalogue/edit", [*fields, ("notes.3.out", "1"), ("do", "save")]).status_code == 303
    assert "form" not in room.hall.catalogue.rules.notes
    token = room.hall.sign_in("siti", PIN)
    room.hall.take_counter(token, "1")
    console = httpx.get(f"{room.url}/console", cookies={"antrean_session": token, "antrean_language": "en"})
    assert (console.status_code, ticket.number in console.text) == (200, True)
    assert room.hall.ticket(ticket.id).state is TicketState.PARKED
    room.hall.cancel(ticket.id)
    room.hall.sign_out(token)
    room.hall.describing.save(before)


def test_what_people_wait_for_cannot_be_taken_out(room: Room, manager: httpx.Client) -> None:
    ticket = room.hall.issue("civil.birth", printer=None)
    fields = form(manager.get("/catalogue/edit?kind=service&code=civil.birth").text)
    answer = post(manager, "/catalogue/edit", [*changed(fields), ("do", "save-remove")])
    assert answer.status_code == 409
    assert "civil.birth" in room.hall.catalogue.services
    room.hall.cancel(ticket.id)


def test_what_is_downloaded_loads_again_and_is_the_same(room: Room, manager: httpx.Client, tmp_path: Path) -> None:
    file = manager.get("/catalogue/file")
    assert file.headers["content-disposition"].startswith("attachment")
    (tmp_path / "down.toml").write_text(file.text, "utf-8")
    with Hall.open(tmp_path / "other.db") as other:
        other.load_catalogue(tmp_path / "down.toml")
        assert other.describing.now()[1] == room.hall.describing.now()[1]


def test_an_uploaded_file_is_checked_shown_and_only_then_saved(room: Room, manager: httpx.Client) -> None:
    edition, _ = room.hall.describing.now()

    def upload(text: str | bytes) -> httpx.Response:
        sent = {"csrf": manager.headers["x-csrf"], "edition": str(edition), "do": "check"}
        return manager.post("/catalogue/file", data=sent, files={"file": ("c.toml", text)})

    assert "not TOML" in upload("= nonsense").text
    assert "it is not UTF-8 text" in upload(b"\xff\xfe").text
    assert "line" in upload(SMALL.replace("minutes = 5", 'minutes = "five"')).text
    text = manager.get("/catalogue/file").text.replace("minutes = 5", "minutes = 6")
    preview = upload(text)
    assert "agency tax › service pay › minutes" in preview.text
    assert room.hall.describing.now()[0] == edition
    assert post(manager, "/catalogue/file", [*form(preview.text), ("do", "save")]).status_code == 303
    assert room.hall.catalogue.service("tax.pay").minutes == 6


def test_somebody_is_let_in_gets_a_pin_once_and_is_put_out(room: Room, manager: httpx.Client) -> None:
    page = post(manager, "/staff/add", {"name": "budi", "role": "clerk", "agency": "tax"}).text
    pin = re.search(r'class="secret">(\d{6})<', page)
    assert pin
    assert 'class="secret"' not in manager.get("/staff").text
    token = room.hall.sign_in("budi", pin[1])
    room.hall.take_counter(token, "1")
    assert "counter 1" in manager.get("/staff").text
    assert post(manager, "/staff/sessions", {"name": "budi"}).status_code == 303
    assert room.hall.counter("1").state == "closed"
    assert post(manager, "/staff/role", {"name": "budi", "role": "supervisor", "agency": "tax"}).status_code == 303
    again = re.search(r'class="secret">(\d{6})<', post(manager, "/staff/pin", {"name": "budi"}).text)
    assert again
    room.hall.sign_in("budi", again[1])
    assert post(manager, "/staff/remove", {"name": "budi"}).status_code == 303
    assert "budi" not in [one.name for one in room.hall.staff()]
    told = [(one.kind, one.staff) for one in room.hall.events() if one.details.get("name") == "budi"]
    assert {kind for kind, _ in told} >= {
        "staff_added",
        "sessions_ended",
        "role_changed",
        "pin_changed",
        "staff_removed",
    }
    assert {by for _, by in told} == {"mira"}


@pytest.mark.parametrize(
    ("act", "fields", "told"),
    [
        ("remove", {"name": "mira"}, "last manager"),
        ("role", {"name": "mira", "role": "clerk"}, "last manager"),
        ("remove", {"name": "nobody"}, "nobody called"),
        ("add", {"name": "siti"}, "already someone"),
        ("add", {"name": ""}, "A name has 1 to 60 letters"),
        ("add", {"name": "x" * 61}, "A name has 1 to 60 letters"),
        ("add", {"name": "eka", "role": "supervisor"}, "A supervisor has an agency"),
    ],
)
def test_nonsense_about_staff_is_said_and_changes_nothing(
    room: Room, manager: httpx.Client, act: str, fields: dict[str, str], told: str
) -> None:
    before = room.hall.staff()
    answer = post(manager, f"/staff/{act}", fields)
    assert answer.status_code == 409
    assert told in answer.text
    assert room.hall.staff() == before


def test_the_journal_is_read_backwards_and_by_number(room: Room, manager: httpx.Client) -> None:
    ticket = room.hall.issue("civil.card", printer=None)
    room.hall.cancel(ticket.id, staff="siti")
    page = manager.get("/journal", params={"number": ticket.number.lower(), "kind": "cancelled"}).text
    assert ticket.number in page
    assert "siti" in page
    events, older = room.hall.past(most=2)
    assert [one.kind for one in events] == ["cancelled", "issued"]
    assert older == events[-1].sequence
    assert room.hall.past(older, most=1)[0][0].sequence == older - 1
    assert room.hall.past(1) == ([], None)
    assert manager.get("/journal?before=99999999999").status_code == 200
    assert manager.get("/journal?number=%3Cscript%3E&kind=x").status_code == 200


def test_the_day_s_figures_count_tickets_and_waits(room: Room, manager: httpx.Client) -> None:
    with room.earlier(600) as then:
        ticket = then.issue("tax.pay", printer=None)
    room.hall.call(ticket.id, "2" if "tax.pay" in room.hall.catalogue.counter("2").offers else "3")
    room.hall.finish(ticket.id)
    (row,) = [row for row in room.hall.waits() if row[0] == "tax.pay"]
    assert row[1] is TicketState.DONE
    assert row[2] == pytest.approx(10, abs=0.5)
    assert "Tax" in manager.get("/figures").text
    assert manager.get("/figures?day=nonsense").status_code == 200


def test_percentiles_are_waits_that_happened() -> None:
    assert percentile([], 50) is None
    assert percentile([4.0], 90) == 4.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 50) == 2.0
    assert percentile([float(n) for n in range(1, 11)], 90) == 9.0
    made = figures([("a", TicketState.DONE, 3.0), ("a", TicketState.NO_SHOW, 5.0), ("b", TicketState.WAITING, None)])
    assert (made["a"].tickets, made["a"].served, made["a"].no_shows, made["a"].median) == (2, 1, 1, 3.0)
    assert (made["b"].waiting, made["b"].median) == (1, None)
