"""`antrean voice`: what to record, a call to hear, the devices."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from assets import sounds
from tests.test_command import DONE, FAULT, MISUSE, Command, answer, antrean, queue, said_one_line

__all__ = ["antrean", "queue"]  # fixtures


def test_the_record_list_names_files_and_what_to_read_in_each_of_the_halls_languages(
    antrean: Command, queue: str
) -> None:
    done = antrean("--hall", queue, "voice", "record-list")
    assert (done.returncode, done.stderr) == (DONE, "")
    lines = dict(line.removeprefix("- ").split(maxsplit=1) for line in done.stdout.splitlines())
    assert lines["id/silakan-menuju-loket.wav"] == "silakan menuju loket"
    assert lines["en/please-go-to-counter.wav"] == "please go to counter"
    assert {"id/te.wav", "en/t.wav", "id/tiga.wav"} <= set(lines)
    assert not any(file.startswith(("az/", "ru/")) for file in lines), "not a language of this hall"
    assert "id/zona.wav" not in lines


def test_the_record_list_follows_the_settings(antrean: Command, queue: str, tmp_path: Path) -> None:
    (tmp_path / "clips" / "id").mkdir(parents=True)
    (tmp_path / "clips" / "id" / "tiga.wav").write_bytes(b"")
    (tmp_path / "antrean.toml").write_text(
        '[display]\nvoice_zone = true\nvoice_numbers = "whole"\nvoice_clips = "clips"\n'
    )
    done = antrean("--hall", queue, "voice", "record-list", "--language", "id")
    files = {line.split()[1]: line[0] for line in done.stdout.splitlines()}
    assert {"id/zona.wav", "id/puluh.wav", "id/ribu.wav"} <= set(files)
    assert (files["id/tiga.wav"], files["id/dua.wav"]) == ("+", "-")


def test_the_record_list_is_one_json_value(antrean: Command, queue: str) -> None:
    listed = answer(antrean("--hall", queue, "voice", "record-list", "--language", "ru", "--json"))
    assert {"file": "ru/ноль.wav", "text": "ноль"} in listed["clips"]
    assert {"file": "ru/пройдите-к-окну-номер.wav", "text": "пройдите к окну номер"} in listed["clips"]


@pytest.mark.parametrize("language", ["id", "az", "en", "ru"])
def test_a_call_is_written_to_hear(antrean: Command, tmp_path: Path, language: str) -> None:
    lengths = []
    for short in ([], ["--short"]):
        done = antrean("voice", "say", "A015", "3", "--language", language, *short, "call.wav")
        assert (done.returncode, done.stderr) == (DONE, "")
        with wave.open(str(tmp_path / "call.wav")) as read:
            assert (read.getnchannels(), read.getframerate()) == (1, sounds.RATE)
            lengths.append(read.getnframes() / sounds.RATE)
        assert done.stdout == f"call.wav: {lengths[-1]:.1f} seconds.\n"
    assert 2 < lengths[1] < lengths[0] < 8


def test_a_bad_recording_is_named_and_the_call_is_written(antrean: Command, tmp_path: Path) -> None:
    (tmp_path / "clips" / "id").mkdir(parents=True)
    (tmp_path / "clips" / "id" / "nol.wav").write_text("not a sound")
    done = antrean("voice", "say", "A015", "3", "call.wav", ANTREAN_DISPLAY_VOICE_CLIPS="clips")
    assert done.returncode == DONE
    assert done.stderr == "The recording clips/id/nol.wav cannot be used: failed to decode data.\n"
    assert (tmp_path / "call.wav").exists()


def test_a_file_that_cannot_be_written_is_a_fault(antrean: Command) -> None:
    done = antrean("voice", "say", "A015", "3", "nowhere/call.wav")
    assert done.returncode == FAULT
    assert said_one_line(done) == "The output cannot be written: No such file or directory."


@pytest.mark.parametrize(
    "asked", [("015", "3", "x.wav"), ("a015", "3", "x.wav"), ("A015", "3"), ("A015", "3", "--language", "xx", "x.wav")]
)
def test_misuse_is_said(antrean: Command, tmp_path: Path, asked: tuple[str, ...]) -> None:
    done = antrean("voice", "say", *asked)
    assert done.returncode == MISUSE
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_devices_are_listed_or_there_is_none(antrean: Command) -> None:
    listed = answer(antrean("voice", "devices", "--json"))["devices"]
    done = antrean("voice", "devices")
    assert done.returncode == DONE
    assert done.stdout.splitlines() == listed
    assert (done.stderr == "There is no device to play sound on.\n") == (listed == [])
