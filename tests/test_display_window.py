"""The window itself, drawn offscreen: what is in the scene, how large it is in millimetres, and what it looks like."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import cast

import pytest
from PIL import ImageFont
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QImage
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem

from assets import fonts
from assets.theme import palettes
from assets.words import LANGUAGES
from display.pictures import opened, picture
from display.samples import AGENCIES, NAME, NOW, STATES, sample
from display.sizes import capital_mm, listed_mm
from display.stage import Held, Rules, Stage
from display.views import Face, View, derive
from display.window import BoardWindow
from hall.board import BoardCall
from hall.settings import DisplaySettings, Settings
from hall.tickets import TicketId
from tests.golden import same_picture
from tests.test_theme import contrast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GOLDEN = Path(__file__).parent / "golden" / "display"
LANDSCAPE, PORTRAIT, FINE = (1920, 1080), (1080, 1920), (3840, 2160)
PICTURES = [(state, language, size) for state in STATES for language in LANGUAGES for size in (LANDSCAPE, PORTRAIT)]
PICTURES += [("many", language, FINE) for language in LANGUAGES]


def hard(language: str, lit: bool = True) -> View:
    """Three calls on the stage and five in the list, with the longest numbers and counters a catalogue allows."""
    agencies = sorted(AGENCIES, key=lambda code: len(AGENCIES[code][language]), reverse=True)
    codes = [("ABC1234", "A12B"), ("J015", "128"), ("MW015", "21"), ("WM1000", "W99W"), ("H888", "88")] * 2
    calls = [
        BoardCall(9 - place, TicketId(9 - place), number, counter, "a", agencies[place % 2], NOW, 1)
        for place, (number, counter) in enumerate(codes[:8])
    ]
    stage = Stage(
        held=tuple(Held(call, 8.0) for call in calls[:3]),
        lit=frozenset(call.sequence for call in calls[:3]) if lit else frozenset(),
        recent=tuple(calls[3:]),
    )
    face = Face(NAME, AGENCIES, (language, "id" if language == "en" else "en"), NOW.tzinfo)  # type: ignore[arg-type]
    return derive(face, stage, NOW, NOW, lost=False)


class Texts:
    """Every text that can be seen in a window."""

    def __init__(self, board: BoardWindow) -> None:
        self.board = board
        self.all = [item for item in walk(board.window.contentItem()) if item.inherits("QQuickText") and said(item)]

    def saying(self, text: str) -> list[QQuickItem]:
        return [item for item in self.all if said(item) == text]


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from walk(child)


def said(item: QQuickItem) -> str:
    return cast(str, item.property("text"))


def aligned(item: QQuickItem, way: str) -> int:
    """An enum that PySide cannot convert, asked as QML would."""
    context = qmlContext(item)
    assert context is not None
    value, _ = QQmlExpression(context, item, f"{way}Alignment + 0").evaluate()
    return int(value)


def is_code(item: QQuickItem) -> bool:
    return item.property("capitals") is not None


def ink(item: QQuickItem) -> QRectF:
    """Where the glyphs are, in the window: a code's capitals, the lines of a text."""
    width, height = item.property("contentWidth"), item.property("contentHeight")
    free = item.width() - width
    left = {1: 0.0, 2: free, 4: free / 2}[aligned(item, "horizontal")]
    if is_code(item):
        capitals = item.property("capitals")
        box = QRectF(left, item.property("baselineOffset") - capitals, width, capitals)
    else:
        spare = item.height() - height
        top = {32: 0.0, 64: spare, 128: spare / 2}[aligned(item, "vertical")]
        box = QRectF(left, top, width, height)
    return item.mapRectToScene(box)


def tails(item: QQuickItem) -> list[QRectF]:
    """Where a J hangs below its line, in the window."""
    tail = item.property("tail")
    if not tail:
        return []
    em = tail / 0.21
    return [item.mapRectToScene(QRectF(-0.08 * em, item.property("baselineOffset"), 0.41 * em, tail))]


def measured(image: QImage, area: QRectF) -> int:
    """Rows of dots with ink in an area whose upper left corner is bare ground."""
    left, top, right, bottom = (round(edge) for edge in area.getCoords())  # type: ignore[attr-defined]
    ground = image.pixel(left, top)
    return sum(any(image.pixel(x, y) != ground for x in range(left, right, 2)) for y in range(top, bottom))


@pytest.fixture
def boards() -> Iterator[list[BoardWindow]]:
    opened_boards: list[BoardWindow] = []
    yield opened_boards
    for board in opened_boards:
        board.window.close()


@pytest.mark.parametrize(("state", "language", "size"), PICTURES)
def test_the_board_looks_as_accepted(state: str, language: str, size: tuple[int, int], tmp_path: Path) -> None:
    name = f"{state}-{language}-{size[0]}x{size[1]}.png"
    picture(Settings(), state, language, size, None, tmp_path / name)
    same_picture(tmp_path / name, GOLDEN / name)


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, FINE])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*STATES, "hard"])
def test_no_text_is_cut_or_lies_over_another(
    state: str, language: str, size: tuple[int, int], boards: list[BoardWindow]
) -> None:
    board = opened(
        DisplaySettings(), size, lambda rules: hard(language) if state == "hard" else sample(state, language, rules)
    )
    boards.append(board)
    texts = Texts(board).all
    assert len(texts) >= 5
    screen = QRectF(0, 0, *size)
    for item in texts:
        assert not item.property("truncated"), said(item)
        assert item.property("contentWidth") <= item.width() + 1, said(item)
        assert is_code(item) or item.property("contentHeight") <= item.height() * 1.02, said(item)
        assert screen.contains(ink(item)), said(item)
    for one, other in combinations(texts, 2):
        for mine, theirs in product([ink(one), *tails(one)], [ink(other), *tails(other)]):
            assert not mine.adjusted(1, 1, -1, -1).intersects(theirs), f"{said(one)!r} over {said(other)!r}"


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, FINE])
@pytest.mark.parametrize("distance", [6.0, 10.0])
def test_characters_are_as_high_as_the_distance_asks(
    size: tuple[int, int], distance: float, boards: list[BoardWindow]
) -> None:
    settings = DisplaySettings(distance_m=distance)
    board = opened(settings, size, lambda rules: sample("many", "ru", rules))
    boards.append(board)
    texts, view = Texts(board), sample("many", "ru", Rules())
    dots_per_mm = max(size) / settings.width_mm
    image = board.window.grabWindow()
    for calls, least in ((view.calls, capital_mm(distance)), (view.recent, listed_mm(distance))):
        for call in calls:
            for code in {str(call["number"]), str(call["counter"])}:
                (item,) = texts.saying(code)
                rows = measured(image, ink(item).adjusted(-2, -8, 2, 8))
                assert rows / dots_per_mm >= least - 1 / dots_per_mm, f"{code} is {rows / dots_per_mm} mm high"


def test_from_fifteen_metres_the_stage_keeps_its_height_and_takes_fewer_calls(boards: list[BoardWindow]) -> None:
    board = opened(DisplaySettings(distance_m=15), LANDSCAPE, lambda rules: sample("many", "id", rules))
    boards.append(board)
    (number,) = Texts(board).saying("B015")
    (counter,) = Texts(board).saying("11")
    dots_per_mm = LANDSCAPE[0] / 1218
    assert number.property("capitals") / dots_per_mm >= 160
    assert counter.property("capitals") / dots_per_mm >= 160


def test_a_call_changes_texts_and_makes_no_new_items(boards: list[BoardWindow]) -> None:
    board = opened(DisplaySettings(), LANDSCAPE, lambda rules: sample("empty", "id", rules))
    boards.append(board)

    def everything(item: QQuickItem) -> list[QQuickItem]:
        return [item, *(one for child in item.childItems() for one in everything(child))]

    before = everything(board.window.contentItem())
    for view in (
        sample("one", "id", Rules()),
        sample("many", "id", Rules()),
        hard("id"),
        sample("lost", "id", Rules()),
    ):
        board.show(view, frozenset())
        assert [id(item) for item in everything(board.window.contentItem())] == [id(item) for item in before]


def test_showing_the_same_view_again_paints_nothing(boards: list[BoardWindow]) -> None:
    board = opened(DisplaySettings(), LANDSCAPE, lambda rules: sample("many", "id", rules))
    boards.append(board)
    frames: list[None] = []
    board.window.frameSwapped.connect(lambda: frames.append(None))
    QCoreApplication.processEvents()
    frames.clear()
    board.show(sample("many", "id", Rules(room=3, listed=5)), frozenset())
    board.show(replace(board._view), frozenset())
    for _ in range(20):
        QCoreApplication.processEvents()
    assert frames == []


@pytest.mark.parametrize("palette", sorted(palettes()))
@pytest.mark.parametrize(
    ("ink_role", "ground_role"),
    [("accent", "sunken"), ("call", "on_call"), ("warn", "ground"), ("ground", "warn"), ("quiet", "sunken")],
)
def test_the_boards_own_pairs_of_colours_hold_seven_to_one(palette: str, ink_role: str, ground_role: str) -> None:
    assert contrast(palettes()[palette][ink_role], palettes()[palette][ground_role]) >= 7


def test_the_height_of_capitals_is_the_fonts_own() -> None:
    face = ImageFont.truetype(str(fonts.FILE), 1000)
    top, bottom = face.getbbox("H")[1], face.getbbox("H")[3]
    assert (bottom - top) / 1000 == pytest.approx(fonts.CAPITAL, abs=0.003)
