"""Every page as it looks in each language, size and ease, and what can be measured in its real scene."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

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
    """Opens windows, and closes them."""
    opened: list[Scene] = []

    def opens(size: tuple[int, int], *eased: Ease) -> Scene:
        opened.append(Scene.of(size, *eased))
        return opened[-1]

    yield opens
    for one in opened:
        one.frame.close()


@pytest.mark.parametrize(("ease", "language", "size"), SHEETS)
def test_on_every_page_all_fits_is_legible_and_in_reach_and_looks_as_accepted(
    scenes: Any, ease: str, language: str, size: tuple[int, int]
) -> None:
    scene = scenes(size, *EASES[ease])
    pictures, wrong = {}, []
    for page in PAGES:
        for view in scene.views(page, language):
            picture = scene.show(view)
            pictures.setdefault(page, picture)
            wrong += [f"{page} {view['sheet']}: {one}" for one in scene.faults(view, picture)]
    assert not wrong, "\n".join(wrong)
    same_pages(pictures, GOLDEN / f"{ease}-{language}-{size[0]}x{size[1]}.png")
