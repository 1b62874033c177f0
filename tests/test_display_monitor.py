"""The board and its monitor: chosen by name, unplugged, plugged in again, another resolution."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assets import ROOT

SCREENS = {"left": (0, 1080, 1920), "right": (1080, 1920, 1080)}
SCRIPT = """
import sys
from assets import qt
from display import start
from assets.monitor import Monitor
from display.samples import sample
from display.window import BoardWindow
from hall.settings import DisplaySettings

app = qt.application("display")
settings = DisplaySettings(screen=sys.argv[1])
plugged = app.screens()
everything = list(plugged)
on = start.screen(settings, 640, 360)
layout = start.layout(settings, on)
board = BoardWindow(on, "dark", layout, sample("many", "id", start.rules(settings, layout)), fullscreen=True)

def fit(width, height):
    on = start.screen(settings, width, height)
    board.fit(on, start.layout(settings, on))

def told(what):
    for _ in range(20):
        app.processEvents()
    window = board.window
    names = [screen.name() for screen in everything if screen.geometry() == window.geometry()]
    sizes = window.property("sizes")
    sizes = sizes.toVariant() if hasattr(sizes, "toVariant") else sizes
    where = names[0] if names and window.isVisible() else "-"
    print(what, where, "portrait" if sizes["portrait"] else "wide", flush=True)

monitor = Monitor(app, board, settings.screen, fit, lambda: plugged)
told("before")
board.open()
told("opened")
for change in sys.argv[2:]:
    screen = next(one for one in everything if one.name() == change[1:])
    if change[0] == "-":
        plugged.remove(screen)
        app.screenRemoved.emit(screen)
    elif change[0] == "+":
        plugged.append(screen)
        app.screenAdded.emit(screen)
    told(change)
"""


@pytest.fixture
def platform(tmp_path: Path) -> str:
    """Two monitors that are not there: an upright one and, right of it, a wide one."""
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "dpr": 1, "logicalDpi": 96}
        for name, (x, width, height) in SCREENS.items()
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}))
    return f"offscreen:configfile={config}"


def played(platform: str, name: str, *changes: str) -> tuple[list[str], str]:
    """Where the board stands after each change, and what was said on stderr."""
    environ = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT.parent)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, *changes], capture_output=True, text=True, check=True, env=environ
    )
    return done.stdout.splitlines(), done.stderr


def test_the_board_stands_on_the_monitor_of_the_settings_and_is_laid_out_for_it(platform: str) -> None:
    assert played(platform, "right")[0] == ["before - wide", "opened right wide"]
    assert played(platform, "left")[0] == ["before - portrait", "opened left portrait"]


def test_without_a_name_it_takes_the_first_monitor(platform: str) -> None:
    assert played(platform, "")[0][-1] == "opened left portrait"


def test_a_monitor_that_is_unplugged_and_plugged_in_again_gets_its_board_back(platform: str) -> None:
    lines, said = played(platform, "right", "-right", "-left", "+left", "+right")
    assert [line.split()[:2] for line in lines[1:]] == [
        ["opened", "right"],
        ["-right", "-"],
        ["-left", "-"],
        ["+left", "-"],
        ["+right", "right"],
    ]
    assert said == "There is no screen “right” now; the window waits for it.\n"


def test_a_board_of_any_monitor_moves_to_the_one_that_is_left(platform: str) -> None:
    lines, said = played(platform, "", "-left", "+left")
    assert lines[1:] == ["opened left portrait", "-left right wide", "+left right wide"]
    assert said == ""
