"""docs/lifecycle.md says what the table of transitions says: the same rows and arrows, a sentence for each state."""

from __future__ import annotations

import re

from assets import ROOT
from hall import TicketState
from hall.tickets import TRANSITIONS

PAGE = (ROOT.parent / "docs" / "lifecycle.md").read_text("utf-8")
TABLE = sorted(
    (str(source), str(deed), str(target), who)
    for deed, (sources, target, who) in TRANSITIONS.items()
    for source in sources
)


def test_every_row_of_the_page_is_in_the_table_and_the_other_way_round() -> None:
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (\w+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert sorted(row for row in rows if row[0] != "from") == TABLE


def test_every_arrow_of_the_drawing_is_in_the_table_and_the_other_way_round() -> None:
    arrows = re.findall(r"^    (\w+) --> (\w+): (\w+)$", PAGE, re.MULTILINE)
    assert sorted((source, deed, target) for source, target, deed in arrows) == [row[:3] for row in TABLE]


def test_the_drawing_begins_with_issue_and_ends_where_nothing_leads_on() -> None:
    assert re.findall(r"\[\*\] --> (\w+): (\w+)", PAGE) == [("waiting", "issued")]
    ends = {state for state in TicketState if not any(state in sources for sources, _, _ in TRANSITIONS.values())}
    assert set(re.findall(r"(\w+) --> \[\*\]", PAGE)) == ends


def test_each_state_says_who_moves_it_on() -> None:
    assert re.findall(r"^- \*\*(\w+)\*\*: .+", PAGE, re.MULTILINE) == [str(state) for state in TicketState]
