"""The hall's pictures beside the calls: in order, found while the board runs, and a bad file named once."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from assets import qt
from display.clock import Clock
from display.playlist import AGAIN, Playlist


@dataclass(frozen=True)
class Stopped(Clock):
    """A clock that a test moves on."""

    seconds: tuple[float, ...] = (0.0,)

    def tick(self) -> float:
        return self.seconds[0]


def picture(file: Path) -> str:
    """A picture on the disk; its address."""
    Image.new("RGB", (160, 90), "teal").save(file)
    return qt.local(file)


def test_a_board_without_a_folder_has_no_pictures() -> None:
    assert Playlist(None, Clock()).pictures() == ()


def test_pictures_come_in_the_order_of_their_names_and_other_files_are_passed_over(tmp_path: Path) -> None:
    second, first = picture(tmp_path / "b.png"), picture(tmp_path / "a.JPG")
    (tmp_path / "notes.txt").write_text("not for the board")
    (tmp_path / "folder.png").mkdir()
    assert Playlist(tmp_path, Clock()).pictures() == (first, second)


def test_a_picture_that_is_added_is_found_within_a_minute(tmp_path: Path) -> None:
    playlist = Playlist(tmp_path, clock := Stopped())
    assert playlist.pictures() == ()
    added = picture(tmp_path / "a.png")
    assert playlist.pictures() == ()
    object.__setattr__(clock, "seconds", (AGAIN,))
    assert playlist.pictures() == (added,)


def test_a_file_that_is_no_picture_is_left_out_and_named_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = picture(tmp_path / "good.png"), picture(tmp_path / "bad.png")
    playlist = Playlist(tmp_path, clock := Stopped())
    assert playlist.pictures() == (bad, good)
    for minute in range(3):
        playlist.refuse(bad)
        object.__setattr__(clock, "seconds", (AGAIN * (minute + 1),))
        assert playlist.pictures() == (good,)
    said = capsys.readouterr().err
    assert said == f"The call-board leaves out {tmp_path}/bad.png: it cannot be read as a picture.\n"


def test_a_folder_that_is_not_there_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    playlist = Playlist(tmp_path / "gone", clock := Stopped())
    for minute in range(3):
        object.__setattr__(clock, "seconds", (AGAIN * minute,))
        assert playlist.pictures() == ()
    assert capsys.readouterr().err == f"The call-board has no pictures: {tmp_path}/gone cannot be read.\n"
