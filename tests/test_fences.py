"""The house's walls: each room talks to the hall and to no other, and the contracts see every module."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assets", "counter", "display", "hall", "kiosk", "printer")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)}
    )


def test_the_contracts_hold_and_saw_every_room() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert tuple(contracts["root_packages"]) == ROOMS
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout
    ours = sum(1 for room in ROOMS for _ in (ROOT / room).rglob("*.py"))
    seen = next(int(line.split()[1]) for line in ran.stdout.splitlines() if line.startswith("Analyzed"))
    assert seen >= ours


def test_every_module_of_the_hall_but_storage_is_kept_from_sql() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    fenced = next(one for one in contracts if one["name"].startswith("SQL"))["source_modules"]
    modules = {f"hall.{file.stem}" for file in (ROOT / "hall").glob("*.py")} - {"hall.__init__"}
    assert modules <= set(fenced)


def test_every_module_but_the_engines_process_is_kept_from_espeak() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    fenced = set(next(one for one in contracts if one["name"].startswith("espeak"))["source_modules"])
    modules = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in (ROOT / "assets").rglob("*.py")}
    inside = {"assets.__init__", "assets.voice.__init__", "assets.voice.__main__", "assets.voice.espeak"}
    assert modules - inside <= fenced
    assert set(ROOMS) - {"assets"} <= fenced


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("printer/slip.py", "import kiosk"),
        ("assets/words.py", "import hall"),
        ("counter/app.py", "from hall.storage import queue"),
        ("hall/calling.py", "import sqlite_utils"),
        ("kiosk/visit.py", "import pysqlite3"),
        ("printer/slip.py", "import PySide6.QtGui"),
        ("counter/app.py", "import assets.qt"),
        ("hall/sizes.py", "import escpos"),
        ("kiosk/visit.py", "import fastapi"),
        ("display/loudspeaker.py", "import miniaudio"),
        ("display/loudspeaker.py", "import assets.voice.espeak"),
        ("assets/voice/engine.py", "import espeakng_loader"),
        ("assets/voice/phrases.py", "import PySide6.QtCore"),
    ],
)
def test_a_broken_fence_is_reported(file: str, line: str, tmp_path: Path) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.png", "*.mo"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    with (tmp_path / file).open("a") as module:
        module.write(f"\n{line}\n")
    ran = lint(tmp_path)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "BROKEN" in ran.stdout
