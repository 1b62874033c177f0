"""Every page as it looks in each language, size and ease, and what can be measured in its real scene."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageDraw
from PySide6.QtGui import QFontDatabase

from assets import fonts, qt
from assets.words import LANGUAGES
from hall.catalogue import Catalogue
from kiosk.pages import Ease
from kiosk.specimen import PAGES, specimen
from kiosk.views import View
from tests.golden import same_pages
from tests.kiosk_scene import Scene

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GOLDEN = Path(__file__).parent / "golden" / "kiosk"
SIZES = ((1080, 1920), (1920, 1080))
EASES: dict[str, tuple[Ease, ...]] = {
    "normal": (),
    "large": (Ease.LARGE,),
    "lower": (Ease.LOWER,),
    "contrast": (Ease.CONTRAST,),
}
SHEETS = [(ease, language, size) for size in SIZES for language in LANGUAGES for ease in EASES]


@pytest.fixture(autouse=True, scope="module")
def application() -> None:
    qt.application("kiosk")


@pytest.fixture
def scenes() -> Iterator[Any]:
    """Opens one window after the other: a second engine must not load while the first one's words are installed."""
    opened: list[Scene] = []

    def opens(size: tuple[int, int], *eased: Ease) -> Scene:
        while opened:
            opened.pop().frame.close()
        opened.append(Scene.of(size, *eased))
        return opened[-1]

    yield opens
    opened.pop().frame.close()


@pytest.mark.parametrize(("ease", "language", "size"), SHEETS)
def test_on_every_page_all_fits_is_legible_and_in_reach_and_looks_as_accepted(
    scenes: Any, ease: str, language: str, size: tuple[int, int]
) -> None:
    scene = scenes(size, *EASES[ease])
    pictures: dict[str, Image.Image] = {}
    wrong = []
    for page in PAGES:
        for view in scene.views(page, language):
            picture = scene.show(view)
            pictures.setdefault(page, picture)
            wrong += [f"{page} {view['sheet']}: {one}" for one in scene.faults(view, picture)]
    assert not wrong, "\n".join(wrong)
    same_pages(pictures, GOLDEN / f"{ease}-{language}-{size[0]}x{size[1]}.png")


def endless(catalogue: Catalogue) -> Catalogue:
    """The same hall with names of 200 letters: words, or one without end where they are most in the way."""
    sentence = ("Республиканское управление профессиональной переподготовки " * 4)[:200]
    names = [{"ru": sentence}, {"ru": "Ж" * 200}]
    agencies = tuple(
        replace(
            agency,
            name=names[place % 2],
            short={},
            services=tuple(replace(one, name=names[turn % 2]) for turn, one in enumerate(agency.services)),
        )
        for place, agency in enumerate(catalogue.agencies)
    )
    return replace(
        catalogue,
        name=names[0],
        agencies=agencies,
        services={one.code: one for agency in agencies for one in agency.services},
        zones={code: replace(zone, name=names[0]) for code, zone in catalogue.zones.items()},
    )


@pytest.mark.parametrize("ease", ["normal", "large"])
@pytest.mark.parametrize("size", SIZES)
def test_names_of_200_letters_end_in_an_ellipsis_and_push_nothing_away(
    scenes: Any, size: tuple[int, int], ease: str
) -> None:
    scene = scenes(size, *EASES[ease])
    wrong = []
    for page in PAGES:
        visit, look, rules = specimen(page, "ru")
        view = scene.view(visit, msgspec.structs.replace(look, catalogue=endless(look.catalogue)), rules)
        wrong += [f"{page}: {one}" for one in scene.faults(view, scene.show(view))]
    assert not wrong, "\n".join(wrong)


class Mirror:
    """The words of a language that nobody speaks, written from the right."""

    LETTERS = "ابتثجحخدذرزسشصضطظعغف"

    def gettext(self, text: str) -> str:
        return "".join(self.LETTERS[ord(one) % 20] if one.isalpha() else one for one in text)

    def ngettext(self, _one: str, many: str, _number: int) -> str:
        return self.gettext(many)


SPOKEN = {"title", "hint", "notice", "hall", "welcome", "office", "note", "service", "agency", "aheadLabel", "place"}
"""Which values of a view are words."""


def mirrored(value: Any, key: str = "") -> Any:
    """A view as it would be in that language."""
    if isinstance(value, dict):
        return {one: mirrored(its, one) for one, its in value.items()}
    if isinstance(value, list):
        return [mirrored(one, key) for one in value]
    return Mirror().gettext(value) if key in SPOKEN or (key == "name" and len(value) > 1) else value


@pytest.mark.parametrize("size", SIZES)
def test_a_language_from_the_right_mirrors_every_page(
    scenes: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    QFontDatabase.addApplicationFont(str(fonts.ARABIC))
    monkeypatch.setattr("assets.qt.words", lambda _language: Mirror())
    scene = scenes(size)
    pictures, wrong = {}, []
    for page in PAGES:
        view: View = mirrored(next(scene.views(page, "az"))) | {"mirrored": True}
        pictures[page] = scene.show(view)
        wrong += [f"{page}: {one}" for one in scene.faults(view, pictures[page])]
    assert not wrong, "\n".join(wrong)
    same_pages(pictures, GOLDEN / f"mirrored-{size[0]}x{size[1]}.png")


@pytest.mark.parametrize("size", SIZES)
def test_a_hall_s_logo_and_welcome_stand_in_the_header(scenes: Any, size: tuple[int, int], tmp_path: Path) -> None:
    logo = Image.new("RGB", (320, 200), "white")
    pen = ImageDraw.Draw(logo)
    pen.ellipse((20, 20, 180, 180), fill="#B4131B")
    pen.rectangle((200, 60, 300, 140), fill="#1B3F94")
    logo.save(tmp_path / "logo.png")
    given = {"welcome": "Selamat datang, semoga urusan Anda lancar hari ini", "logo": qt.local(tmp_path / "logo.png")}
    pictures, wrong = {}, []
    for ease in ("normal", "large"):
        scene = scenes(size, *EASES[ease])
        for page in ("agencies", "services"):
            view = next(scene.views(page, "id")) | given
            pictures[f"{page}, {ease}"] = scene.show(view)
            wrong += [f"{page}, {ease}: {one}" for one in scene.faults(view, pictures[f"{page}, {ease}"])]
    assert not wrong, "\n".join(wrong)
    same_pages(pictures, GOLDEN / f"welcome-{size[0]}x{size[1]}.png")


def test_a_word_that_is_gone_from_a_page_is_seen(scenes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scenes(SIZES[0])
    view = next(scene.views("agencies", "ru"))
    picture = scene.show(view)
    monkeypatch.setenv("ANTREAN_ACCEPT", "1")
    same_pages({"agencies": picture}, tmp_path / "sheet.png")
    monkeypatch.delenv("ANTREAN_ACCEPT")
    same_pages({"agencies": picture}, tmp_path / "sheet.png")
    shorter = scene.show(view | {"hint": view["hint"].rpartition(" ")[0]})
    with pytest.raises(AssertionError, match="agencies"):
        same_pages({"agencies": shorter}, tmp_path / "sheet.png")
