"""Every refusal and fault has a sentence in every language, and whoever raises it gives what the sentence names."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assets import ROOT
from assets.words import LANGUAGES, words
from hall import Fault, Refusal
from hall.errors import FAULTS, REFUSALS

SENTENCES = {"Refusal": REFUSALS, "Fault": FAULTS}


def places(sentence: str) -> set[str]:
    """The names a sentence leaves open."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def raised() -> Iterator[tuple[str, str, str, set[str]]]:
    """Every `Refusal("code", name=...)` and `Fault(...)` in the source: place, class, code, names given."""
    for room in ("hall", "counter", "printer", "kiosk", "display"):
        for path in sorted((ROOT.parent / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SENTENCES:
                    code = node.args[0] if node.args else None
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        names = {keyword.arg for keyword in node.keywords if keyword.arg}
                        yield f"{path.name}:{node.lineno}", node.func.id, code.value, names


RAISED = list(raised())


@pytest.mark.parametrize(
    ("place", "kind", "code", "given"), RAISED, ids=[f"{one[0].partition(':')[0]}-{one[2]}" for one in RAISED]
)
def test_what_is_raised_gives_every_name_its_sentence_needs(place: str, kind: str, code: str, given: set[str]) -> None:
    assert code in SENTENCES[kind]
    assert places(SENTENCES[kind][code]) <= given


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind in SENTENCES for code in SENTENCES[kind]])
def test_every_code_is_raised_somewhere(kind: str, code: str) -> None:
    assert code in {one[2] for one in RAISED if one[1] == kind}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_names_the_same_places(language: str) -> None:
    for sentences in SENTENCES.values():
        for sentence in sentences.values():
            assert places(words(language).gettext(sentence)) == places(sentence)


def test_an_error_says_its_sentence_with_its_data() -> None:
    no = Refusal("cap_reached", service="civil.card", cap=40)
    assert (no.code, no.data) == ("cap_reached", {"service": "civil.card", "cap": 40})
    assert str(no) == no.said("en") == no.said("xx") == "All 40 tickets for today have been given."


def test_a_time_is_said_as_hours_and_minutes() -> None:
    assert Refusal("break", opens=datetime(2026, 11, 23, 13, 5)).said() == "Break until 13:05."


def test_what_a_person_typed_is_said_as_it_is_even_with_braces() -> None:
    assert Refusal("unknown_service", service="{cap} %s").said() == "There is no service “{cap} %s”."


def test_a_fault_keeps_no_password() -> None:
    from hall import Hall

    with pytest.raises(Fault) as fault:
        Hall.open("postgresql://ani:s3cret@db.example/antrean")
    assert fault.value.code == "unknown_engine"
    assert "s3cret" not in fault.value.said() + repr(fault.value.data)


def test_the_source_was_really_read() -> None:
    assert len(RAISED) > 40
    assert Path(ROOT.parent / "hall" / "errors.py").exists()
