"""A slip in the printer's own letters: short enough for a slow line, and nothing on it lost or turned into `?`."""

from dataclasses import replace

import pytest
import zxingcpp

from assets.words import LANGUAGES
from printer.decode import Code, Letter, Raster, Reader, slips
from printer.ink import PAPERS, Head
from printer.profiles import Profile, profile
from printer.sample import demo_hall, sample
from printer.slip import Fact, Slip
from printer.template import read
from printer.typed import page_for, plainer, typed
from tests.slips import HEADS

PROFILES = {name: profile(name) for name in ("TM-T88V", "POS-5890", "simple", "default")}


def letters(job: bytes, known: Profile) -> str:
    """What is typed, in the code page the slip chose; a space where a picture stands."""
    page = job[job.index(b"\x1bt") + 2]
    codec = known.pages[page]
    said = ""
    for command in Reader().feed(job):
        match command:
            case Letter(code):
                said += bytes((code,)).decode(codec)
            case Raster():
                said += " "
            case _:
                said += "" if isinstance(command, Code) else "\n"
    return " ".join(said.split())


def on_paper(slip: Slip, known: Profile, head: Head = PAPERS[80]) -> str:
    return letters(typed(slip, head, read(), known), known)


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_typed_slip_is_short_whatever_the_service_and_the_language(head: Head, name: str) -> None:
    for language in LANGUAGES:
        for service in list(demo_hall().services)[::6]:
            job = typed(sample(language, service=service, count=1234), head, read(), PROFILES[name])
            assert len(job) < 1_500, (language, service)
            assert "?" not in letters(job, PROFILES[name])


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_the_number_and_the_code_are_on_it_as_large_as_letters_go(language: str, large: bool, name: str) -> None:
    slip = sample(language, large=large)
    for head in PAPERS.values():
        job = typed(slip, head, read(), PROFILES[name])
        assert b"\x1d!\x77A015\n" in job
        (paper,) = slips(job, head, PROFILES[name].pages)
        (code,) = zxingcpp.read_barcodes(paper.convert("L"))
        assert (code.text, code.ec_level) == (slip.url, "M")


def test_a_long_number_is_as_high_and_narrower() -> None:
    slip = replace(sample("id"), number=Fact("", "SKD128"))
    assert b"\x1d!\x47SKD128\n" in typed(slip, PAPERS[58], read(), PROFILES["simple"])


def test_no_word_is_broken_that_fits_on_a_line() -> None:
    slip = replace(sample("id"), service="Penandatanganan pertanggungjawaban", agency="")
    assert slip.service in on_paper(slip, PROFILES["default"], PAPERS[58])


def test_letters_the_printer_has_are_sent_as_they_are() -> None:
    assert "Elektron şexsiyyet vesiqesi" in on_paper(sample("az"), PROFILES["TM-T88V"])
    assert "Электронное удостоверение личности" in on_paper(sample("ru"), PROFILES["TM-T88V"])


def test_letters_it_has_not_become_plainer_ones() -> None:
    only_437 = PROFILES["simple"]
    assert "Ehali ve vetendasliq veziyyeti" in on_paper(sample("az"), only_437)
    assert "Uchyot naseleniya i ZAGS" in on_paper(sample("ru"), only_437)
    assert "10-20 min" in on_paper(sample("en"), only_437)


@pytest.mark.parametrize(
    ("text", "codec", "said"),
    [
        ("Ərizə, ğ İ ı Ş", "cp437", "Erize, g I i S"),
        ("Щука и ёж", "cp437", "Shchuka i yozh"),
        ("№ 5 – “ой”…", "cp437", 'No 5 - "oy"...'),
        ("24\N{NO-BREAK SPACE}May", "cp437", "24 May"),
        ("Göç", "cp437", "Göç"),
        ("ЩУКА", "cp866", "ЩУКА"),
        ("رقم", "cp1256", None),
        ("番号", "cp437", None),
    ],
)
def test_a_text_is_said_in_the_letters_of_a_page(text: str, codec: str, said: str | None) -> None:
    assert plainer(text, codec) == said


def test_the_page_with_the_most_letters_is_chosen() -> None:
    known = Profile(PAPERS[80], {0: "cp437", 13: "cp857", 17: "cp866", 50: "cp1256"}, qr=True)
    pages = [page_for(text, known) for text in ("Kartu", "Şəxsiyyət", "Карта", "رقم")]
    assert pages == [0, 13, 17, 0]
    assert PROFILES["TM-T88V"].pages[page_for("Карта", PROFILES["TM-T88V"])] == "cp866"  # not the Japanese page


@pytest.mark.parametrize("name", PROFILES)
def test_arabic_is_drawn_for_no_printer_joins_its_letters(name: str) -> None:
    known = PROFILES[name]
    job = typed(sample("ar"), PAPERS[80], read(), known)
    assert letters(job, known) == "A015"
    assert sum(isinstance(command, Raster) for command in Reader().feed(job)) > 5
    (paper,) = slips(job, PAPERS[80], known.pages)
    assert paper.crop((0, 0, paper.width // 3, paper.height // 5)).getextrema()[1] == 255  # begins at the right


def test_a_copy_says_so_in_white_on_black() -> None:
    job = typed(sample("en", copy=True), PAPERS[80], read(), PROFILES["default"])
    assert b"\x1dB\x01Copy, printed at 10:02\n\x1dB\x00" in job


def test_large_print_is_typed_twice_as_large() -> None:
    job = typed(sample("en", large=True), PAPERS[80], read(), PROFILES["default"])
    assert job.count(b"\x1d!\x11") == 2  # at the start, and again after the number
    assert "Population and civil registry" not in letters(job, PROFILES["default"])


def test_a_printer_nobody_knows_has_the_usual_code_pages() -> None:
    assert profile() == profile("default")
    assert (profile().pages[0], profile().pages[17], profile().qr) == ("cp437", "cp866", True)
    assert profile("TM-T88V").head == Head(512, 180)
    assert profile("simple").pages == {0: "cp437"}
