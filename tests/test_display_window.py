"""The window itself, drawn offscreen: what is in the scene, how large it is in millimetres, and what it looks like."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import cast

import pytest
from PIL import ImageFont
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem

from assets import ROOT, fonts
from assets.theme import contrast, palettes
from assets.words import LANGUAGES
from display import start
from display.pictures import opened, picture
from display.samples import AGENCIES, MESSAGE, NAME, NOW, STATES, face, sample
from display.window import BoardWindow
from hall.board import BoardCall
from hall.face import MORE, View, derive, parts
from hall.settings import DisplaySettings, Settings
from hall.sizes import LONG, capital_mm, listed_mm
from hall.stage import Held, Rules, Stage
from hall.tickets import TicketId
from tests.golden import same_picture

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GOLDEN = Path(__file__).parent / "golden" / "display"
LANDSCAPE, PORTRAIT, FINE = (1920, 1080), (1080, 1920), (3840, 2160)
STATED = ("empty", "one", "burst", "stale", "lost", "paused")
PARTS = {LANDSCAPE: 4, PORTRAIT: 4, FINE: 8}
"""How much smaller each size is kept: large enough to look at."""
PICTURES = [(state, language, size, "dark") for state in STATED for language in LANGUAGES for size in PARTS]
PICTURES += [(state, "id", size, "dark") for state in STATES if state not in STATED for size in (LANDSCAPE, PORTRAIT)]
PICTURES += [
    (state, "en", LANDSCAPE, palette) for state in ("burst", "lost", "paused") for palette in ("light", "contrast")
]


def hard(language: str, rules: Rules) -> View:
    """A full stage and list, with the longest numbers and counters a catalogue allows."""
    agencies = sorted(AGENCIES, key=lambda code: len(AGENCIES[code][language]), reverse=True)
    codes = [("ABC1234", "A12B"), ("J015", "128"), ("MW015", "21"), ("WM1000", "W99W"), ("H888", "88")] * 3
    calls = [
        BoardCall(20 - place, TicketId(20 - place), number, counter, "a", agencies[place % 2], NOW, 1)
        for place, (number, counter) in enumerate(codes[:11])
    ]
    stage = Stage(
        held=tuple(Held(call, 8.0) for call in calls[: rules.room]),
        lit=frozenset(call.sequence for call in calls[: rules.room + 1]),
        recent=tuple(calls[rules.room : rules.room + rules.listed]),
    )
    return derive(replace(face(language, "hard"), short={}), stage, NOW, NOW)


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
    return item.property("tail") is not None


def ink(item: QQuickItem) -> QRectF:
    """Where the glyphs are, in the window: a code's capitals, the glyphs of one line, the lines of a text."""
    width, height = item.property("contentWidth"), item.property("contentHeight")
    free = item.width() - width
    left = {1: 0.0, 2: free, 4: free / 2}[aligned(item, "horizontal")]
    if is_code(item):
        capitals = item.property("capitals")
        box = QRectF(left, item.property("baselineOffset") - capitals, width, capitals)
    elif item.property("single"):
        glyphs = letters(item)
        box = QRectF(left, item.property("baselineOffset") + glyphs.top(), width, glyphs.height())
    else:
        # The first line is whole, the others stand as close as the text says.
        lines, close = item.property("lineCount"), item.property("lineHeight")
        pitch = height * close / (1 + (lines - 1) * close)
        glyphs = letters(item)
        top = item.property("baselineOffset") + glyphs.top()
        box = QRectF(left, top, width, glyphs.height() + (lines - 1) * pitch)
    return item.mapRectToScene(box)


def letters(item: QQuickItem) -> QRectF:
    """The glyphs of a text as if on one line, from its base line."""
    font = QFont(item.property("font"))
    font.setPixelSize(round(item.property("capitals") / fonts.CAPITAL))
    return QFontMetricsF(font).tightBoundingRect(said(item))


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


@pytest.mark.parametrize(("state", "language", "size", "palette"), PICTURES)
def test_the_board_looks_as_accepted(
    state: str, language: str, size: tuple[int, int], palette: str, tmp_path: Path
) -> None:
    name = f"{state}-{language}-{size[0]}x{size[1]}{'' if palette == 'dark' else f'-{palette}'}.png"
    picture(Settings(), state, language, size, palette, tmp_path / name)
    same_picture(tmp_path / name, GOLDEN / name, part=PARTS[size])


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, FINE])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*STATES, "hard"])
def test_no_text_is_cut_or_lies_over_another(
    state: str, language: str, size: tuple[int, int], boards: list[BoardWindow]
) -> None:

    def shown(rules: Rules) -> View:
        return hard(language, rules) if state == "hard" else sample(state, language, rules)

    board = opened(DisplaySettings(), size, shown)
    boards.append(board)
    texts = Texts(board).all
    assert len(texts) >= 5
    screen = QRectF(0, 0, *size)
    for item in texts:
        assert not item.property("truncated"), said(item)
        assert item.property("contentWidth") <= item.width() + 1, said(item)
        # Qt counts whole lines into the height, which are drawn at nine tenths.
        assert item.property("single") or item.property("contentHeight") <= item.height() * 1.1, said(item)
        assert screen.contains(ink(item)), said(item)
    for one, other in combinations(texts, 2):
        for mine, theirs in product([ink(one), *tails(one)], [ink(other), *tails(other)]):
            assert not mine.adjusted(1, 1, -1, -1).intersects(theirs), f"{said(one)!r} over {said(other)!r}"


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, FINE])
@pytest.mark.parametrize("state", ["one", "many", "burst", "paused"])
@pytest.mark.parametrize("language", ["id", "ru"])
def test_every_character_of_a_call_is_as_high_as_the_distance_asks(
    language: str, state: str, size: tuple[int, int], boards: list[BoardWindow]
) -> None:
    settings = DisplaySettings()
    board = opened(settings, size, lambda rules: sample(state, language, rules))
    boards.append(board)
    texts = Texts(board)
    view = sample(state, language, Rules(room=2, listed=7))
    dots_per_mm = max(size) / settings.width_mm
    image = board.window.grabWindow()
    heights = [(call, capital_mm(settings.distance_m)) for call in view.calls]
    heights += [(call, listed_mm(settings.distance_m)) for call in view.recent]
    for call, least in heights:
        for code in (str(call["number"]), str(call["counter"])):
            for item in texts.saying(code)[:1]:
                rows = measured(image, ink(item).adjusted(-2, -8, 2, 8))
                assert rows / dots_per_mm >= least - 1 / dots_per_mm, f"{code} is {rows / dots_per_mm} mm high"
        for name in texts.saying(str(call["short"])):
            assert name.property("capitals") >= listed_mm(settings.distance_m) * dots_per_mm - 1, said(name)


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, FINE])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_word_is_as_high_as_the_distance_asks(
    state: str, language: str, size: tuple[int, int], boards: list[BoardWindow]
) -> None:
    """But for what the hall itself writes, however long, and the words beside a code, read where it is scanned."""
    settings = DisplaySettings()
    least = listed_mm(settings.distance_m) * max(size) / settings.width_mm
    own = {NAME[language], *MESSAGE.values()}
    board = opened(settings, size, lambda rules: sample(state, language, rules))
    boards.append(board)
    rules = start.rules(settings, start.layout(settings, start.screen(settings, *size)))
    for turn in range(4):
        board.show(view := sample(state, language, rules, turn), Stage())
        QCoreApplication.processEvents()
        near = {str(view.page["title"])} if view.page["kind"] == "code" else set()
        for item in Texts(board).all:
            if said(item) not in own | near:
                assert item.property("capitals") >= least - 1, f"{said(item)!r} in turn {turn}"


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, FINE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_message_takes_turns_and_each_is_whole_and_high_enough(
    language: str, size: tuple[int, int], boards: list[BoardWindow]
) -> None:
    settings = DisplaySettings()
    least = listed_mm(settings.distance_m) * max(size) / settings.width_mm
    message = " ".join([MESSAGE[language]] * 6)
    view = sample("one", language, Rules(room=2, listed=7))
    board = opened(settings, size, lambda _: view)
    boards.append(board)
    letters = start.choice(Settings(display=settings), start.layout(settings, start.screen(settings, *size))).letters
    told = parts(message, letters)
    assert len(told) > 2
    assert " ".join(part.removesuffix(MORE) for part in told) == message
    for part in told:
        board.show(replace(view, page={**view.page, "kind": "message", "title": part, "lines": ()}), Stage())
        QCoreApplication.processEvents()
        (item,) = Texts(board).saying(part)
        assert not item.property("truncated"), part
        assert item.property("contentWidth") <= item.width() + 1, part
        assert item.property("capitals") >= LONG * least - 1, part
        assert item.parentItem().mapRectToScene(item.parentItem().boundingRect()).contains(ink(item)), part


@pytest.mark.parametrize("catalogue", ["mpp", "asan"])
def test_the_short_names_of_the_demo_halls_keep_their_height_in_the_list(
    catalogue: str, boards: list[BoardWindow]
) -> None:
    document = tomllib.loads((ROOT / "catalogues" / f"{catalogue}.toml").read_text("utf-8"))
    names = [name for agency in document["agency"] for name in agency["short"].values()]
    board = opened(DisplaySettings(), LANDSCAPE, lambda rules: sample("many", "id", rules))
    boards.append(board)
    view = sample("many", "id", Rules(room=2, listed=7))
    for first in range(0, len(names), 8):
        shown = names[first : first + 8]
        recent = tuple({**call, "short": name, "arrow": "left"} for call, name in zip(view.recent, shown, strict=False))
        board.show(replace(view, recent=recent), Stage())
        QCoreApplication.processEvents()
        for name in shown:
            for item in Texts(board).saying(name):
                assert item.property("capitals") / (1920 / 1218) >= 50 - 0.7, name


def test_from_fifteen_metres_a_larger_screen_keeps_the_heights(boards: list[BoardWindow]) -> None:
    settings = DisplaySettings(distance_m=15, width_mm=1895)  # 86 inch
    board = opened(settings, LANDSCAPE, lambda rules: sample("many", "id", rules))
    boards.append(board)
    dots_per_mm = LANDSCAPE[0] / settings.width_mm
    for code, least in (("B015", 160), ("11", 160), ("D118", 75), ("9", 75)):
        (item, *_) = Texts(board).saying(code)
        assert item.property("capitals") / dots_per_mm >= least - 1, code


def test_a_call_changes_texts_and_makes_no_new_items(boards: list[BoardWindow]) -> None:
    board = opened(DisplaySettings(), LANDSCAPE, lambda rules: sample("empty", "id", rules))
    boards.append(board)

    def everything(item: QQuickItem) -> list[QQuickItem]:
        return [item, *(one for child in item.childItems() for one in everything(child))]

    before = everything(board.window.contentItem())
    for view in (
        sample("one", "id", Rules()),
        sample("many", "id", Rules(room=2, listed=7)),
        hard("id", Rules()),
        sample("lost", "id", Rules()),
    ):
        board.show(view, Stage())
        assert [id(item) for item in everything(board.window.contentItem())] == [id(item) for item in before]


def test_showing_the_same_view_again_paints_nothing(boards: list[BoardWindow]) -> None:
    board = opened(DisplaySettings(), LANDSCAPE, lambda rules: sample("many", "id", rules))
    boards.append(board)
    frames: list[None] = []
    board.window.frameSwapped.connect(lambda: frames.append(None))
    QCoreApplication.processEvents()
    frames.clear()
    board.show(sample("many", "id", Rules(room=2, listed=7)), Stage())
    board.show(replace(board._view), Stage())
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


def test_the_board_wears_the_halls_own_colours(boards: list[BoardWindow]) -> None:
    own = {"dark": {"ground": "#001022"}}
    board = opened(DisplaySettings(), LANDSCAPE, lambda rules: sample("many", "id", rules), colours=own)
    boards.append(board)
    assert board.window.grabWindow().pixelColor(2, LANDSCAPE[1] - 2).name() == "#001022"


def test_the_height_of_capitals_is_the_fonts_own() -> None:
    face = ImageFont.truetype(str(fonts.FILE), 1000)
    top, bottom = face.getbbox("H")[1], face.getbbox("H")[3]
    assert (bottom - top) / 1000 == pytest.approx(fonts.CAPITAL, abs=0.003)
