"""Somebody else's ESC/POS printer, written against Epson's reference, prints the very dots that ours does.

emupos needs Python 3.13, so it gets an environment of its own, under var/, made once.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from assets.words import LANGUAGES
from printer.decode import slips
from printer.ink import PAPERS, Head
from printer.profiles import Profile
from printer.sample import sample
from printer.slip import Slip, draw
from printer.template import read
from printer.typed import typed
from printer.wire import encoded

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "tests" / "emupos.lock"
SHARED = {"annotated-types", "pillow", "pydantic", "pydantic-core", "python-barcode", "pyyaml"}
SHARED |= {"typing-extensions", "typing-inspection"}
"""What emupos needs and requirements.lock has."""
HEADS = [*PAPERS.values(), Head(512, 180)]
LETTERS = Profile(PAPERS[80], {0: "cp437", 17: "cp866"}, qr=True)
"""The code pages both printers have letters for."""


def python() -> Path | None:
    """A Python 3.13 or newer that runs here, on the path or among pyenv's."""
    found = [shutil.which(name) for name in ("python3.13", "python3.14")]
    own = sorted(Path.home().glob(".pyenv/versions/3.1[34].*/bin/python"))
    for candidate in [*(Path(path) for path in found if path), *own]:
        if (
            subprocess.run([candidate, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode
            == 0
        ):
            return candidate
    return None


def requirements() -> str:
    """emupos.lock, and the stanzas of requirements.lock it stands on."""
    stanzas = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text("utf-8"))
    shared = [stanza for stanza in stanzas if stanza.partition("==")[0] in SHARED]
    assert len(shared) == len(SHARED)
    return "\n".join([LOCK.read_text("utf-8"), *shared])


@pytest.fixture(scope="module")
def emupos() -> Path:
    """The Python that has emupos."""
    base = python()
    if base is None:
        pytest.skip("emupos needs Python 3.13, and there is none on this machine")
    wanted = requirements()
    folder = ROOT / "var" / f"emupos-{hashlib.sha256(f'{base}{wanted}'.encode()).hexdigest()[:16]}"
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.{os.getpid()}")
        subprocess.run([base, "-m", "venv", part], check=True)
        (part / "requirements.txt").write_text(wanted, "utf-8")
        pip = [str(part / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", part / "requirements.txt"], check=True)
        part.rename(folder)
    return folder / "bin" / "python"


def printed(emupos: Path, folder: Path, jobs: dict[str, tuple[Head, bytes]]) -> Iterator[tuple[str, Image.Image, str]]:
    """What emupos prints: each job's name, its picture, and the words it read in it."""
    for name, (_, job) in jobs.items():
        (folder / f"{name}.bin").write_bytes(job)
    asked = "".join(f"{head.dots} {folder / name}.bin\n" for name, (head, _) in jobs.items())
    subprocess.run([emupos, ROOT / "tests" / "emupos_render.py"], input=asked, text=True, check=True)
    for name in jobs:
        with Image.open(folder / f"{name}.png") as picture:
            yield name, picture.convert("1"), (folder / f"{name}.txt").read_text("utf-8")


def kinds() -> Iterator[tuple[str, Slip]]:
    for language in (*LANGUAGES, "ar"):
        yield f"{language}-normal", sample(language)
        yield f"{language}-copy", sample(language, copy=True)
        yield f"{language}-large", sample(language, large=True)


def test_every_drawn_slip_is_printed_dot_by_dot(emupos: Path, tmp_path: Path) -> None:
    drawn = {(name, head): draw(slip, head, read()) for name, slip in kinds() for head in HEADS}
    jobs = {f"{name}-{head.dots}": (head, encoded(picture, head)) for (name, head), picture in drawn.items()}
    assert len(jobs) == 45
    for (name, theirs, _), ours in zip(printed(emupos, tmp_path, jobs), drawn.values(), strict=True):
        # emupos ends its picture at the last dot; below it, a slip has only white.
        white = ours.crop((0, theirs.height, ours.width, ours.height))
        assert white.getextrema() == (255, 255), name
        assert ImageChops.logical_xor(ours.crop((0, 0, *theirs.size)), theirs).getbbox() is None, name


def test_a_typed_slip_has_the_same_words_and_the_same_length(emupos: Path, tmp_path: Path) -> None:
    jobs = {
        f"{name}-{head.dots}": (head, typed(slip, head, read(), LETTERS)) for name, slip in kinds() for head in HEADS
    }
    for name, theirs, words in printed(emupos, tmp_path, jobs):
        head, job = jobs[name]
        (ours,) = slips(job, head, LETTERS.pages)
        ink = ImageChops.invert(ours).getbbox()
        assert ink is not None
        assert abs(ink[3] - theirs.height) <= 12, name  # letters end elsewhere in their cells
        assert "A015" in words.replace("\n", ""), name
        assert "?" not in words.replace("�", "?"), name
