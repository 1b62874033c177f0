"""docs/voice.md says what the code says: sentences, settings, the order of what is left out, and measured capacity."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets import ROOT, sounds
from assets.voice.phrases import announcement
from assets.voice.player import TAIL
from assets.voice.speech import Speech
from assets.words import LANGUAGES
from display.announcements import Rules, Why
from display.loudspeaker import GAP
from hall.settings import DisplaySettings, load

PAGE = (ROOT.parent / "docs" / "voice.md").read_text("utf-8")


@pytest.fixture(scope="module")
def speech() -> Iterator[Speech]:
    speech = Speech()
    yield speech
    speech.engine.close()


def test_the_sentences_are_the_catalogues() -> None:
    quoted = [line.removeprefix("> ") for line in PAGE.splitlines() if line.startswith("> ")]
    said = [
        " ".join(
            phrase.letter + phrase.pause if phrase.letter and language != "ru" else phrase.text + phrase.pause
            for phrase in announcement("A015", "3", language)
        )
        for language in LANGUAGES
    ]
    assert quoted == said


def test_the_settings_are_settings_and_all_of_the_sounds_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [written] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    Path("antrean.toml").write_text(written, "utf-8")
    display = load({}).display
    assert [part.volume for part in display.volumes] == [0.3, 0]
    for key in DisplaySettings.__struct_fields__:
        if key.startswith(("voice", "sound", "volume")):
            assert re.search(rf"^{key} = |\[display\.{key}\]", written, re.MULTILINE), key


def test_what_is_left_out_by_how_many_wait() -> None:
    rules = Rules()
    rows = re.findall(r"^\| (\d)[^|]* \| (.+) \|$", PAGE, re.MULTILINE)
    assert [int(number) for number, _ in rows] == [
        0,
        rules.repeated_before,
        rules.translated_before,
        rules.whole_before,
    ]
    assert rules.oldest.total_seconds() == DisplaySettings().replay_seconds == 60


def test_every_reason_of_the_log_is_explained() -> None:
    for why in Why:
        assert f"`{why}`" in PAGE, why


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_capacity_is_the_measured_one(speech: Speech, language: str) -> None:
    [told] = re.findall(rf"^\| {language} \| ([\d.]+) s \| ([\d.]+) \| ([\d.]+) s \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    for short in (False, True):
        words = speech.sound(announcement("A015", "3", language, short=short), language)
        seconds = sounds.SECONDS + GAP + len(words) / sounds.RATE + TAIL
        assert abs(float(told[2 * short]) - seconds) < 0.1
        assert abs(float(told[2 * short + 1]) - 60 / seconds) < 0.2


def test_two_languages_take_as_long_as_told(speech: Speech) -> None:
    [told] = re.findall(r"Indonesian: ([\d.]+) s, ([\d.]+) a minute", PAGE)
    words = sum(len(speech.sound(announcement("A015", "3", language), language)) for language in ("en", "id"))
    seconds = sounds.SECONDS + 2 * (GAP + TAIL) + words / sounds.RATE
    assert abs(float(told[0]) - seconds) < 0.1
    assert abs(float(told[1]) - 60 / seconds) < 0.1
