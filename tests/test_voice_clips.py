"""Recordings over the synthetic voice: which words they replace, in what formats, and what a hall must record."""

import itertools
import math
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from assets import sounds
from assets.voice.clips import clip_name
from assets.voice.engine import Engine, Spoken, VoiceError
from assets.voice.phrases import Style, announcement, free
from assets.voice.recording import record_list
from assets.voice.speech import COMMA_PAUSE, LONG_PAUSE, WORD_PAUSE, Speech
from tests.voice import LANGUAGES, power_db


class Listening(Engine):
    """A real engine that remembers what it was asked to say."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def say(self, language: str, text: str) -> Spoken:
        self.asked.append(text)
        return super().say(language, text)


class Dead(Engine):
    """Nobody must ask it."""

    def __init__(self) -> None:
        super().__init__((sys.executable, "-c", ""))


def tone(seconds: float = 0.5, rate: int = 44_100, channels: int = 1, pitch: float = 440.0, peak: float = 0.3) -> bytes:
    """Frames of a recording, signed 16 bit."""
    wave_ = (int(peak * 32767 * math.sin(2 * math.pi * pitch * at / rate)) for at in range(round(seconds * rate)))
    return array("h", [sample for sample in wave_ for _ in range(channels)]).tobytes()


def record(file: Path, frames: bytes, rate: int = 44_100, channels: int = 1, width: int = 2) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream, wave.open(stream, "wb") as written:
        written.setparams((channels, width, rate, 0, "NONE", ""))
        written.writeframes(frames)


@pytest.fixture
def engine() -> Iterator[Listening]:
    engine = Listening()
    yield engine
    engine.close()


def seconds(sound: "array[int]") -> float:
    return len(sound) / sounds.RATE


def test_without_recordings_a_call_is_one_sentence_of_the_engine(engine: Listening) -> None:
    Speech(engine=engine).sound(announcement("A015", "3", "en"), "en")
    assert engine.asked == ["Ticket [['eI]], zero [[w'Vn]] five, please go to counter three."]


def test_a_recorded_word_stands_in_for_the_synthetic_one(tmp_path: Path, engine: Listening) -> None:
    record(tmp_path / "id" / "nol.wav", tone(0.5))
    Speech(tmp_path, engine=engine).sound(announcement("A015", "3", "id"), "id")
    assert engine.asked == ["Nomor [[antR2e'an]] A,", "satu lima, silakan menuju [[lok'Et]] tiga."]


def test_the_longest_recording_wins_and_may_reach_over_phrases(tmp_path: Path, engine: Listening) -> None:
    record(tmp_path / "id" / "tiga.wav", tone(0.2))
    record(tmp_path / "id" / "silakan-menuju-loket.wav", tone(0.4))
    record(tmp_path / "id" / "silakan-menuju-loket-tiga.wav", tone(0.9))
    Speech(tmp_path, engine=engine).sound(announcement("A015", "3", "id"), "id")
    assert engine.asked == ["Nomor [[antR2e'an]] A, nol satu lima,"]


def test_a_whole_call_can_be_one_recording(tmp_path: Path) -> None:
    whole = "nomor-antrean-a-nol-satu-lima-silakan-menuju-loket-tiga.wav"
    record(tmp_path / "id" / whole, tone(2.0))
    sound = Speech(tmp_path, engine=Dead()).sound(announcement("A015", "3", "id"), "id")
    assert seconds(sound) == pytest.approx(2.0, abs=0.02)


def test_recordings_are_of_one_language(tmp_path: Path, engine: Listening) -> None:
    record(tmp_path / "az" / "nol.wav", tone())
    Speech(tmp_path, engine=engine).sound(announcement("A015", "3", "id"), "id")
    assert len(engine.asked) == 1


@pytest.mark.parametrize(("rate", "channels", "width"), [(8_000, 1, 2), (22_050, 2, 2), (48_000, 2, 2), (44_100, 1, 1)])
def test_any_rate_mono_or_stereo_is_converted(tmp_path: Path, rate: int, channels: int, width: int) -> None:
    frames = tone(0.8, rate, channels)
    if width == 1:
        frames = bytes(sample // 256 + 128 for sample in array("h", frames))
    record(tmp_path / "en" / "hello.wav", frames, rate, channels, width)
    sound = Speech(tmp_path, engine=Dead()).sound(free("Hello", "en"), "en")
    assert seconds(sound) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("peak", [0.02, 0.3, 1.0])
def test_recordings_are_as_loud_as_the_voice(tmp_path: Path, engine: Listening, peak: float) -> None:
    record(tmp_path / "en" / "hello.wav", bytes(44_100) + tone(1.0, peak=peak) + bytes(44_100))
    speech = Speech(tmp_path, engine=engine)
    recorded = speech.sound(free("Hello", "en"), "en")
    spoken = speech.sound(announcement("A015", "3", "en"), "en")
    assert abs(power_db(recorded) - power_db(spoken)) < 3
    assert seconds(recorded) == pytest.approx(1.0, abs=0.02), "the silence around it is cut off"


def test_a_bad_file_is_named_once_and_the_voice_speaks_instead(tmp_path: Path, engine: Listening) -> None:
    complaints: list[str] = []
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "nol.wav").write_bytes(b"This is a shopping list.")
    record(tmp_path / "id" / "satu.wav", bytes(44_100))
    speech = Speech(tmp_path, complaints.append, engine)
    for _ in range(3):
        speech.sound(announcement("A015", "3", "id"), "id")
    assert engine.asked[0].startswith("Nomor [[antR2e'an]] A, nol satu lima")
    assert len(engine.asked) == 3
    assert sorted(complaints) == [
        f"The recording {tmp_path}/id/nol.wav cannot be used: failed to decode data.",
        f"The recording {tmp_path}/id/satu.wav cannot be used: it is silent.",
    ]


def test_a_folder_that_is_not_there_is_no_recording(tmp_path: Path, engine: Listening) -> None:
    Speech(tmp_path / "nowhere", engine=engine).sound(free("Hello", "en"), "en")
    assert engine.asked == ["Hello"]


def test_a_free_text_is_never_patched_together(tmp_path: Path, engine: Listening) -> None:
    record(tmp_path / "en" / "please.wav", tone())
    speech = Speech(tmp_path, engine=engine)
    speech.sound(free("Choose a language, please.", "en"), "en", mixed=False)
    assert engine.asked == ["Choose a language, please."]
    record(tmp_path / "en" / "Choose a language, please.WAV", tone())
    Speech(tmp_path, engine=Dead()).sound(free("Choose a language, please.", "en"), "en", mixed=False)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("silakan menuju loket", "id", "silakan-menuju-loket"),
        ("Twenty-one!", "en", "twenty-one"),
        ("İKİ qırx", "az", "iki-qırx"),
        ("Дубль-вэ", "ru", "дубль-вэ"),
        ("I", "az", "ı"),
        ("I", "id", "i"),
    ],
)
def test_a_clip_is_named_for_what_it_says(text: str, language: str, name: str) -> None:
    assert clip_name(text, language) == name


SERIES, COUNTERS = ("A", "BH", "Z"), ("1", "7", "12", "40", "101", "A2", "03")
ZONES = {"id": "Zona A", "az": "A zonası", "en": "Zone A", "ru": "Зона A"}


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("language", LANGUAGES)
def test_with_every_listed_clip_recorded_no_word_is_synthetic(tmp_path: Path, language: str, style: Style) -> None:
    clips = record_list(language, SERIES, COUNTERS, [ZONES[language]], style)
    assert len({clip.file for clip in clips}) == len(clips)
    for clip in clips:
        record(tmp_path / clip.file, tone(0.05))
    speech = Speech(tmp_path, engine=Dead())
    for series, counter, zone, short in itertools.product(SERIES, COUNTERS, ("", ZONES[language]), (False, True)):
        for count in ("001", "046", "789", "1215", "9999"):
            said = announcement(series + count, counter, language, zone=zone, style=style, short=short)
            assert speech.sound(said, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_clip_is_needed(tmp_path: Path, language: str) -> None:
    clips = record_list(language, ("A",), ("1", "12"), (), Style.DIGITS)
    numbers = ("A01234", "A56789")
    for missing in clips:
        folder = tmp_path / str(clips.index(missing))
        for clip in clips:
            if clip != missing:
                record(folder / clip.file, tone(0.05))
        speech = Speech(folder, engine=Dead())
        with pytest.raises(VoiceError):
            for number, counter, short in itertools.product(numbers, ("1", "12"), (False, True)):
                speech.sound(announcement(number, counter, language, short=short), language)


def test_pauses_follow_the_punctuation(tmp_path: Path) -> None:
    for word in ("one", "two"):
        record(tmp_path / "en" / f"{word}.wav", tone(0.2))
    speech = Speech(tmp_path, engine=Dead())
    for text, pause in (("one two", WORD_PAUSE), ("one, two", COMMA_PAUSE), ("one. two", LONG_PAUSE)):
        said = [word for part in text.split(" ") for word in free(part, "en")]
        assert seconds(speech.sound(tuple(said), "en")) == pytest.approx(0.4 + pause, abs=0.02)
