"""Starts the kiosk, or takes a picture of one of its pages: `python -m kiosk --help`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kiosk.ahead import Ahead

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

FAULT = 3
"""Exit status when the world failed."""


def main() -> int:
    """The exit status: 0 ended as asked, 3 a fault (one sentence on stderr)."""
    ahead = Ahead()  # before all else that takes time
    options = _options()
    if options.picture is not None:
        ahead.take()
        return _picture(options.picture, options.language, options.size, options.file, options.palette, options.ease)
    from kiosk.start import run  # and with it Qt

    return run(ahead, announce=options.announce, tour=options.tour)


def _options() -> argparse.Namespace:
    import argparse
    from pathlib import Path

    from assets.words import LANGUAGES

    parser = argparse.ArgumentParser(
        prog="python -m kiosk", description="The touch window where a visitor takes a ticket."
    )
    parser.add_argument("--announce", action="store_true", help='say "first frame" once there is something to touch')
    parser.add_argument("--picture", metavar="PAGE", help="save a picture of one page of the demo hall instead")
    parser.add_argument("--tour", type=Path, metavar="FOLDER", help="take one ticket by touch, and save each page")
    parser.add_argument("--language", default=LANGUAGES[0], choices=LANGUAGES)
    parser.add_argument("--size", default="1080x1920", type=_size, metavar="WxH")
    parser.add_argument("--palette", default="light", choices=("light", "dark", "contrast"))
    parser.add_argument(
        "--ease", action="append", default=[], choices=("large", "lower", "contrast"), help="as a visitor may choose"
    )
    parser.add_argument("file", nargs="?", type=Path, help="where to save the picture")
    options = parser.parse_args()
    if (options.picture is None) != (options.file is None):
        parser.error("a picture needs a page and a file")
    if options.picture is not None:
        from kiosk.specimen import PAGES

        if options.picture not in PAGES:
            parser.error(f"there is no page {options.picture}; there are: {', '.join(PAGES)}")
    return options


def _picture(page: str, language: str, size: tuple[int, int], file: Path, palette: str, eased: list[str]) -> int:
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from assets import qt
    from kiosk.pages import Ease
    from kiosk.window import picture

    qt.application("kiosk")

    try:
        picture(page, language, size, file, palette, frozenset(map(Ease, eased)))
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return FAULT
    return 0


def _size(written: str) -> tuple[int, int]:
    import argparse

    width, _, height = written.partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written} is not a size such as 1080x1920") from None
    if not all(320 <= side <= 8192 for side in size):
        raise argparse.ArgumentTypeError("a side has 320 to 8192 dots")
    return size


if __name__ == "__main__":
    sys.exit(main())
