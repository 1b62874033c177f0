"""Pictures survive the way to the printer dot by dot, and what the decoder does not know it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printer.decode import Ask, Reader, UnknownCommandError, slips
from printer.ink import PAPERS
from printer.sample import sample
from printer.slip import draw
from printer.status import answers, paper_ended, trouble
from printer.wire import CONFIRM, encoded


@st.composite
def pictures(make: st.DrawFn) -> Image.Image:
    """Mode 1 pictures with inked and white bands."""
    dots = make(st.sampled_from(sorted(PAPERS.values())))
    row = dots // 8
    bands = make(st.lists(st.tuples(st.integers(1, 40), st.binary(min_size=1, max_size=9)), min_size=1, max_size=6))
    rows = b"".join((ink * row)[:row] * height for height, ink in bands)
    return Image.frombytes("1", (dots, len(rows) // row), rows)


@given(pictures())
def test_a_picture_comes_out_of_the_printer_as_it_went_in(picture: Image.Image) -> None:
    (printed,) = slips(encoded(picture), picture.width)
    assert (printed.mode, printed.size) == ("1", picture.size)
    assert printed.tobytes() == picture.tobytes()


@given(pictures(), st.integers(1, 700))
def test_bytes_arriving_in_pieces_mean_the_same(picture: Image.Image, piece: int) -> None:
    job, reader = encoded(picture) + CONFIRM, Reader()
    pieces = [command for at in range(0, len(job), piece) for command in reader.feed(job[at : at + piece])]
    assert pieces == list(Reader().feed(job))
    assert pieces[-1] == Ask(at_once=False, subject=1)


@pytest.mark.parametrize(
    "job",
    [b"A015\n", b"\x1b@\x1bt\x10", b"\x1dk\x04", b"\x10\x14\x01", b"\x1dv0\x01\x01\x00\x01\x00\xff", b"\x1dV\x07"],
    ids=["text", "code page", "bar code", "real-time pulse", "stretched picture", "strange cut"],
)
def test_an_unknown_command_is_refused_loudly(job: bytes) -> None:
    with pytest.raises(UnknownCommandError):
        slips(job, 576)


def test_a_command_cut_short_is_refused() -> None:
    job = encoded(Image.new("1", (384, 30)))
    with pytest.raises(UnknownCommandError):
        slips(job[:-1], 384)


def test_feeds_are_white_paper() -> None:
    (paper,) = slips(b"\x1b@\n\x1bJ\x07\x1bd\x02\x1dV\x00", 384)
    assert (paper.size, paper.getextrema()) == ((384, 3 * 30 + 7), (255, 255))


@pytest.mark.parametrize("width", PAPERS)
def test_a_slip_is_sent_in_half_of_its_picture_s_bytes_or_less(width: int) -> None:
    picture = draw(sample("ru"), width)
    assert len(encoded(picture)) < 0.6 * picture.width * picture.height / 8


def test_automatic_status_and_noise_are_not_taken_for_answers() -> None:
    received = b"\xff\x10\x00\x00\x0f\x12\x1c\x00\x00\x00\x00"
    assert [(one.at_once, one.status) for one in answers(received)] == [(True, 0x12), (False, 0x00)]


def test_status_bits_tell_the_trouble() -> None:
    assert [trouble(4, 0x12), trouble(4, 0x1E), trouble(4, 0x72)] == [None, None, "paper_out"]
    assert [trouble(2, 0x16), trouble(2, 0x32), trouble(2, 0x52)] == ["cover_open", "paper_out", "printer_error"]
    assert [trouble(1, 0x16), trouble(1, 0x1E)] == [None, "offline"]
    assert [paper_ended(0x00), paper_ended(0x03), paper_ended(0x0F)] == [False, False, True]
