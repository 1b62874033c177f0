"""Pictures survive the way to the printer dot by dot, and what the decoder does not know it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from assets.words import LANGUAGES
from hall.printers import Trouble
from printer.decode import Ask, Feed, Letter, Lines, Raster, Reader, UnknownCommandError, UnknownLetterError, slips
from printer.ink import PAPERS, Head
from printer.sample import demo_hall, sample
from printer.status import answers, paper, troubles
from printer.template import read
from printer.wire import CONFIRM, CUT, encoded, feed, start
from tests.slips import HEADS, inked_runs, job_of

HEAD = PAPERS[58]


@st.composite
def pictures(make: st.DrawFn) -> tuple[Image.Image, Head]:
    """Mode 1 pictures with inked and white bands, doubled dots among them, ragged at either side."""
    head = make(st.sampled_from([*HEADS.values(), Head(546, 203)]))
    picture = Image.new("1", (head.dots, make(st.integers(1, 120))), 255)
    for _ in range(make(st.integers(0, 6))):
        times = make(st.sampled_from([(1, 1), (1, 2), (2, 2), (2, 1)]))
        wide, high = make(st.integers(1, 40)), make(st.integers(1, 20))
        dots = make(st.binary(min_size=(wide + 7) // 8 * high, max_size=(wide + 7) // 8 * high))
        patch = Image.frombytes("1", (wide, high), dots)
        patch = patch.resize((wide * times[0], high * times[1]), Image.Resampling.NEAREST)
        picture.paste(patch, (make(st.integers(0, head.dots)) // 2 * 2, make(st.integers(0, 120))))
    return (ImageOps.mirror(picture) if make(st.booleans()) else picture), head


@given(pictures())
def test_a_picture_comes_out_of_the_printer_as_it_went_in(made: tuple[Image.Image, Head]) -> None:
    picture, head = made
    (printed,) = slips(encoded(picture, head), head)
    assert (printed.mode, printed.size) == ("1", picture.size)
    assert printed.tobytes() == picture.tobytes()


@given(pictures(), st.integers(1, 700))
def test_bytes_arriving_in_pieces_mean_the_same(made: tuple[Image.Image, Head], piece: int) -> None:
    job, reader = encoded(*made) + b"A015\n" + CONFIRM, Reader()
    pieces = [command for at in range(0, len(job), piece) for command in reader.feed(job[at : at + piece])]
    assert pieces == list(Reader().feed(job))
    assert pieces[-1] == Ask(at_once=False, subject=1)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_doubled_dots_are_sent_once(times: int) -> None:
    small = Image.frombytes("1", (64, 40), bytes(range(256)) + bytes(64))
    picture = Image.new("1", (384, 40 * times), 255)
    picture.paste(small.resize((64 * times, 40 * times), Image.Resampling.NEAREST), (0, 0))
    (ink,) = [command for command in Reader().feed(encoded(picture, HEAD)) if isinstance(command, Raster)]
    assert (ink.across, ink.down) == ((2, 2) if times == 2 else (1, 1))


def test_white_is_fed_in_dots_whatever_the_printer_s_own_unit_is() -> None:
    job = start(Head(512, 180)) + feed(600) + b"\x1dv0\x00\x01\x00\x01\x00\xff" + CUT
    assert job.startswith(b"\x1b@\x1da\x00\x1dP\xb4\xb4")
    assert [one for one in Reader().feed(job) if isinstance(one, Feed)] == [Feed(255), Feed(255), Feed(90)]
    (paper,) = slips(job, Head(512, 180))
    assert paper.height == 601
    (half,) = slips(job.replace(b"\x1dP\xb4\xb4", b"\x1dP\xb4\x5a"), Head(512, 180))
    assert half.height == 1201


@pytest.mark.parametrize(
    "job",
    [
        b"\x1dk\x04",
        b"\x10\x14\x01",
        b"\x1dv0\x04\x01\x00\x01\x00\xff",
        b"\x1dV\x07",
        b"\x1dL\x08\x00",
        b"\x1dW\x80\x01",
        b"\x1b*\x21\x01\x00\xff\xff\xff",
        b"\x1ba\x03",
        b"\x1d!\x88",
        b"\x1d(k\x03\x001E0",
        b"\x1d(k\x03\x001C\x00",
        b"\x1d(L\x02\x0002",
        b"\x09",
    ],
    ids=[
        "bar code",
        "real-time pulse",
        "raster of a fifth kind",
        "strange cut",
        "left margin",
        "width",
        "columns",
        "strange side",
        "ninefold letters",
        "code of level L",
        "code without a size",
        "stored picture",
        "tab",
    ],
)
def test_an_unknown_command_is_refused_loudly(job: bytes) -> None:
    with pytest.raises(UnknownCommandError):
        slips(job, HEAD)


@pytest.mark.parametrize("job", [b"\x1bt\xfa\xff\n", b"\x1bt\x0d\xd5\n"], ids=["no such page", "no such letter"])
def test_a_letter_no_code_page_has_is_refused(job: bytes) -> None:
    with pytest.raises(UnknownLetterError):
        slips(job, HEAD, {13: "cp857"})


def test_a_command_cut_short_is_refused() -> None:
    job = encoded(Image.new("1", (384, 30)), HEAD)
    with pytest.raises(UnknownCommandError):
        slips(job[:-1], HEAD)


def test_feeds_are_white_paper() -> None:
    (paper,) = slips(b"\x1b@\n\x1bJ\x07\x1bd\x02\x1dV\x00", HEAD)
    assert (paper.size, paper.getextrema()) == ((384, 3 * round(203 / 6) + 7), (255, 255))


def test_letters_wrap_at_the_end_of_the_line_and_their_cells_end_on_one_row() -> None:
    (paper,) = slips(b"\x1b3\x1e" + b"H" * 33 + b"\n\x1dV\x00", HEAD)
    assert paper.height == 60
    (mixed,) = slips(b"H\x1d!\x11H\x1d!\x00H\n\x1dV\x00", HEAD)
    small, large, again = (mixed.crop((x, 0, x + wide, 48)) for x, wide in ((0, 12), (12, 24), (36, 12)))
    assert small.tobytes() == again.tobytes()
    assert inked_runs(small)[-1][1] == 24 + 19
    assert inked_runs(large)[-1][1] == 2 * 19


def test_text_is_read_letter_by_letter() -> None:
    assert list(Reader().feed(b"A1\n")) == [Letter(65), Letter(49), Lines(1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slip_of_a_hall_takes_twenty_thousand_bytes(language: str) -> None:
    """Late in a busy day: numbers of four figures. The benchmark measures every service of both demo halls."""
    template = read()
    for service in list(demo_hall().services)[::7]:
        assert len(job_of(sample(language, service=service, count=1234), PAPERS[80], template)) < 20_000, service


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_right_to_left_slip_costs_no_more_than_another(head: Head) -> None:
    assert len(job_of(sample("ar"), head)) < 1.3 * len(job_of(sample("id"), head))


def test_automatic_status_and_noise_are_not_taken_for_answers() -> None:
    received = b"\xff\x10\x00\x00\x0f\x12\x1c\x00\x00\x00\x00"
    assert [(one.at_once, one.status) for one in answers(received)[0]] == [(True, 0x12), (False, 0x00)]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({4: 0x12, 2: 0x12, 3: 0x12, 1: 0x16}, set()),
        ({4: 0x1E}, {Trouble.PAPER_LOW}),
        ({4: 0x7E, 2: 0x32, 1: 0x1E}, {Trouble.PAPER_OUT}),
        ({4: 0x12, 2: 0x16, 1: 0x1E}, {Trouble.COVER_OPEN}),
        ({2: 0x52, 3: 0x1A, 1: 0x1E}, {Trouble.CUTTER}),
        ({2: 0x52, 3: 0x52, 1: 0x1E}, {Trouble.OVERHEATED}),
        ({2: 0x52, 3: 0x32, 1: 0x1E}, {Trouble.PRINTER_ERROR}),
        ({2: 0x36, 4: 0x1E, 1: 0x1E}, {Trouble.COVER_OPEN, Trouble.PAPER_OUT}),
        ({1: 0x1E}, {Trouble.OFFLINE}),
    ],
)
def test_status_bits_tell_the_trouble(answers: dict[int, int], found: set[Trouble]) -> None:
    assert troubles(answers) == found


@pytest.mark.parametrize("split", range(1, 4))
def test_an_automatic_status_that_comes_in_two_pieces_confirms_nothing(split: int) -> None:
    automatic = b"\x10\x00\x00\x0f"
    first, rest = answers(b"\x12" + automatic[:split])
    assert [one.at_once for one in first] == [True]
    assert answers(rest + automatic[split:]) == ([], b"")


def test_the_confirmation_tells_of_the_paper() -> None:
    assert [paper(0x00), paper(0x03), paper(0x0F)] == [None, Trouble.PAPER_LOW, Trouble.PAPER_OUT]
