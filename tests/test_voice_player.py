"""Where sound goes: a device, one that is not there, a folder; and the guide that speaks at a kiosk."""

import threading
import wave
from array import array
from pathlib import Path

import miniaudio
import pytest

from assets import sounds
from assets.voice.player import Device, Folder, NoSoundError, devices, player
from assets.voice.speech import silence

NOWHERE = [miniaudio.Backend.NULL]
"""A device that takes its time and plays into the void."""
PATIENCE = 20.0


def test_a_sound_is_played_to_its_end() -> None:
    Device(backends=NOWHERE).play(silence(0.05), 0.5, "a", threading.Event())


def test_a_device_is_chosen_by_the_name_that_is_listed() -> None:
    [name] = devices(NOWHERE)
    Device(name, NOWHERE).play(silence(0.05), 1.0, "a", threading.Event())


def test_a_device_that_is_not_there_is_said_by_name() -> None:
    with pytest.raises(NoSoundError, match="there is no device “Main hall”"):
        Device("Main hall", NOWHERE).play(silence(0.05), 1.0, "a", threading.Event())


def test_where_no_backend_works_there_is_no_device_and_no_sound() -> None:
    impossible = [miniaudio.Backend.WASAPI]
    assert devices(impossible) == []
    with pytest.raises(NoSoundError):
        Device(backends=impossible).play(silence(0.05), 1.0, "a", threading.Event())


def test_a_device_that_stops_asking_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.voice.player.STUCK", -0.4)
    with pytest.raises(NoSoundError, match="stopped playing"):
        Device(backends=NOWHERE).play(silence(0.1), 1.0, "a", threading.Event())


def test_a_sound_that_is_stopped_ends_before_its_end() -> None:
    stopped = threading.Event()
    playing = threading.Thread(
        target=Device(backends=NOWHERE).play, args=(silence(10 * PATIENCE), 1.0, "a", stopped), daemon=True
    )
    playing.start()
    stopped.set()
    playing.join(PATIENCE)
    assert not playing.is_alive()


def test_a_folder_keeps_each_sound_by_its_name_and_as_loud_as_asked(tmp_path: Path) -> None:
    folder = player(f"file:{tmp_path / 'heard'}")
    sound = array("h", [0, 1000, -1000, 30_000])
    folder.play(sound, 1.0, "loud", threading.Event())
    folder.play(sound, 0.3, "low", threading.Event())
    for name, samples in (("loud", sound), ("low", array("h", [0, 300, -300, 9000]))):
        with wave.open(str(tmp_path / "heard" / f"{name}.wav")) as read:
            assert (read.getnchannels(), read.getsampwidth(), read.getframerate()) == (1, 2, sounds.RATE)
            assert array("h", read.readframes(10)) == samples


def test_a_folder_that_cannot_be_written_is_no_sound(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoSoundError, match="file"):
        Folder(tmp_path / "file").play(silence(0.1), 1.0, "a", threading.Event())
