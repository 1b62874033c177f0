"""Every text that a person sees stands in every language, whole and with its places."""

import re
import string
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from assets.words import LANGUAGES, NAMES, say, words
from hall.errors import FAULTS, REFUSALS

ROOT = Path(__file__).parent.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("**.qml", "javascript")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "qsTr": None}

Message = str | tuple[str, ...]


@cache
def written() -> frozenset[Message]:
    """Every source text in the code, the pages and the screens."""
    found: set[Message] = set()
    for room in ("assets", "counter", "display", "hall", "kiosk", "printer"):
        for _, _, message, _, _ in extract_from_dir(ROOT / room, method_map=METHODS, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else tuple(message))
    assert len(found) > 100
    return frozenset(found)


def test_the_languages_are_the_folders() -> None:
    assert {po.parent.name for po in (ROOT / "assets/words").glob("*/antrean.po")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_whole(language: str) -> None:
    with (ROOT / f"assets/words/{language}/antrean.po").open("rb") as stream:
        catalogue = read_po(stream)
    there = {
        message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalogue if message.id
    }
    assert set(there) == written(), "run pybabel extract and update: see docs/words.md"
    for key, message in there.items():
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(forms), key
        assert not message.fuzzy, key
        if not isinstance(key, str):
            assert len(forms) == catalogue.num_plurals, key
        sources = [key] if isinstance(key, str) else list(key)
        for form in forms:
            assert places(form) in [places(source) for source in sources], f"{key!r}: {form!r}"


def places(text: str) -> set[str]:
    """The places to be filled: `{name}`, `%n`, `%1`, `%(name)s`."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} | set(
        re.findall(r"%(?:n|\d|\(\w+\)s)", text)
    )


@pytest.mark.parametrize("language", ["id", "az", "ru"])
def test_no_text_is_left_in_english(language: str) -> None:
    shared = {"PIN", "OK", "Antrean"}
    same = {text for text in written() if isinstance(text, str) and words(language).gettext(text) == text} - shared
    wordy = {text for text in same if len(re.findall(r"[A-Za-z]{3,}", re.sub(r"\{\w+\}", "", text))) > 1}
    assert not wordy


@pytest.mark.parametrize(("language", "letters"), [("id", "a-z"), ("en", "a-z"), ("az", "a-zçəğıöşü")])
def test_latin_texts_use_the_letters_of_their_language(language: str, letters: str) -> None:
    for text in shown(language):
        foreign = re.findall(rf"[^\W\d_{letters}]", text.replace("İ", "i").casefold())
        assert not foreign, f"{text!r}: {foreign}"


def test_russian_texts_are_in_cyrillic() -> None:
    latin = [text for text in shown("ru") if re.search("[a-z]{3}", text) and not re.search("[а-яё]", text)]
    assert not latin


def shown(language: str) -> list[str]:
    """Every text of a language, without its places."""
    catalogue = words(language)
    texts = [
        catalogue.gettext(one) if isinstance(one, str) else catalogue.ngettext(one[0], one[1], 5) for one in written()
    ]
    return [re.sub(r"\{\w+\}|%\(\w+\)s", "", text) for text in texts]


def test_every_refusal_and_fault_can_be_said_in_every_language() -> None:
    for sentences in (REFUSALS, FAULTS):
        for code, text in sentences.items():
            values = dict.fromkeys(places(text), "x")
            assert len({say(language, text, values) for language in LANGUAGES}) == len(LANGUAGES), code


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@pytest.fixture
def halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Language files of our own making, in place of the product's."""

    def put(language: str, entries: str) -> None:
        (tmp_path / "words" / language).mkdir(parents=True, exist_ok=True)
        (tmp_path / "words" / language / "antrean.po").write_text(entries, "utf-8")

    monkeypatch.setattr("assets.words.ROOT", tmp_path)
    words.cache_clear()
    yield put
    words.cache_clear()


Put = Callable[[str, str], None]


def test_what_a_language_lacks_is_said_in_english_and_then_as_it_stands_in_the_code(halves: Put) -> None:
    halves("en", PO + 'msgid "Closed."\nmsgstr "Shut."\n\nmsgid "Paused."\nmsgstr ""\n')
    halves("az", PO + 'msgid "Yes"\nmsgstr "Bəli"\n\nmsgid "Closed."\nmsgstr ""\n\n#, fuzzy\nmsgid "No"\nmsgstr "?"\n')
    assert [say("az", one) for one in ("Yes", "Closed.", "Paused.", "No")] == ["Bəli", "Shut.", "Paused.", "No"]


def test_a_plural_with_an_empty_form_is_said_in_english(halves: Put) -> None:
    halves("en", PO)
    entry = 'msgid "{n} person"\nmsgid_plural "{n} people"\nmsgstr[0] "{n} nəfər"\nmsgstr[1] ""\n'
    halves("az", PO + entry)
    assert words("az").ngettext("{n} person", "{n} people", 5) == "{n} people"


def test_a_translation_with_a_wrong_place_is_said_in_english(halves: Put) -> None:
    halves("en", PO)
    halves("az", PO + 'msgid "Until {time}"\nmsgstr "{vaxt}"\n\nmsgid "From {time}"\nmsgstr "{time"\n')
    assert say("az", "Until {time}", {"time": "08:00"}) == "Until 08:00"
    assert say("az", "From {time}", {"time": "08:00"}) == "From 08:00"


def test_a_language_file_that_cannot_be_read_leaves_everything_in_english(halves: Put, tmp_path: Path) -> None:
    halves("en", PO)
    halves("az", PO)
    (tmp_path / "words" / "az" / "antrean.po").write_bytes(b"\xff\xfe\x00")
    with pytest.warns(RuntimeWarning, match="cannot be read"):
        assert say("az", "Closed.") == "Closed."


def test_an_unknown_language_falls_back_to_the_source() -> None:
    assert say("xx", "Closed today.") == "Closed today."
    assert list(NAMES) == list(LANGUAGES)
