"""Pictures that somebody might upload as a hall's logo: ordinary ones, and what only looks like one."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

RED, BLUE = (180, 19, 27), (27, 63, 148)


def logo(size: tuple[int, int] = (320, 200), mode: str = "RGB", colour: tuple[int, int, int] = RED) -> Image.Image:
    """A disc and a bar; on nothing where the mode has an alpha channel."""
    ground = (255, 255, 255, 0) if "A" in mode else (255, 255, 255, 255)
    drawing = Image.new("RGBA", size, ground)
    pen = ImageDraw.Draw(drawing)
    wide, high = size
    pen.ellipse((high // 10, high // 10, high * 9 // 10, high * 9 // 10), fill=colour)
    pen.rectangle((wide * 5 // 8, high // 3, wide * 15 // 16, high * 2 // 3), fill=BLUE)
    return drawing if mode == "RGBA" else drawing.convert(mode)


def saved(picture: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    """The bytes of a file."""
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """One of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def chunks(png: bytes) -> list[bytes]:
    """The names of a PNG's chunks, in order; all of the file is chunks."""
    names, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        names.append(png[at + 4 : at + 8])
        at += 12 + length
    assert at == len(png)
    return names


def huge(side: int) -> bytes:
    """A PNG of a few bytes that says it has sides of so many dots."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def swelling() -> bytes:
    """A PNG with a text that takes 40 kB here and 40 MB once it is unpacked."""
    whole = saved(logo())
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 40_000_000, 9))
    return whole[:33] + text + whole[33:]


def moving(kind: str) -> bytes:
    """Two pictures in one file."""
    return saved(logo(mode="RGBA"), kind, save_all=True, append_images=[logo(mode="RGBA", colour=BLUE)], duration=200)


def labelled(kind: str) -> bytes:
    """With all that a file can say beside its dots, and lying on its side."""
    about = Image.Exif()
    about[0x0112], about[0x010F] = 6, "Camera of somebody"
    about.get_ifd(0x8825)[1] = "N"
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "somebody")
    more: dict[str, Any] = {"pnginfo": text} if kind == "PNG" else {}
    return saved(logo((200, 320)), kind, exif=about, icc_profile=b"a profile of colours", **more)


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "logo_unknown"),
    "text": (lambda: b"Dear diary, " * 50, "logo_unknown"),
    "page": (lambda: b"<!doctype html><script>alert(1)</script>", "logo_unknown"),
    "program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(200), "logo_unknown"),
    "gif": (lambda: saved(logo(), "GIF"), "logo_unknown"),
    "bmp": (lambda: saved(logo(), "BMP"), "logo_unknown"),
    "tiff": (lambda: saved(logo(), "TIFF"), "logo_unknown"),
    "svg": (lambda: SCRIPT, "logo_svg"),
    "svg with a preface": (lambda: b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->' + SCRIPT.upper(), "logo_svg"),
    "png cut off": (lambda: saved(logo())[:-200], "logo_damaged"),
    "jpeg cut off": (lambda: saved(logo(), "JPEG")[:-200], "logo_damaged"),
    "webp cut off": (lambda: saved(logo(), "WEBP")[:-200], "logo_damaged"),
    "only the name of a png": (lambda: b"\x89PNG\r\n\x1a\n", "logo_damaged"),
    "png with other dots": (lambda: saved(logo()).replace(b"IDAT", b"IDAX"), "logo_damaged"),
    "png without its header": (lambda: saved(logo())[:8] + saved(logo())[33:], "logo_damaged"),
    "a text that swells": (swelling, "logo_damaged"),
    "sides of 6001": (lambda: huge(6001), "logo_sides"),
    "too many dots": (lambda: huge(4001), "logo_sides"),
    "sides of 12,000": (lambda: huge(12_000), "logo_sides"),
    "sides of two thousand million": (lambda: huge(2_000_000_000), "logo_sides"),
    "a blot": (lambda: saved(logo((23, 200))), "logo_sides"),
    "moving png": (lambda: moving("PNG"), "logo_moving"),
    "moving webp": (lambda: moving("WEBP"), "logo_moving"),
    "white": (lambda: saved(Image.new("RGB", (200, 100), "white"), "JPEG"), "logo_white"),
    "nothing": (lambda: saved(Image.new("RGBA", (200, 100), (9, 9, 9, 0))), "logo_white"),
    "too many bytes": (lambda: saved(logo()) + bytes(2_000_000), "logo_too_large"),
}
"""What is refused -> how to make it, and the code of the Refusal."""
GOOD: dict[str, Callable[[], bytes]] = {
    "png": lambda: saved(logo()),
    "png in greys of 16 bits": lambda: saved(logo(mode="L").convert("I;16").point(lambda grey: grey * 257)),
    "png of few colours": lambda: saved(logo(mode="P")),
    "png of two colours": lambda: saved(logo(mode="1")),
    "png with one colour left out": lambda: saved(logo(mode="P"), transparency=0),
    "png on nothing": lambda: saved(logo(mode="RGBA")),
    "jpeg": lambda: saved(logo(), "JPEG"),
    "jpeg in parts": lambda: saved(logo(), "JPEG", progressive=True),
    "jpeg for printing": lambda: saved(logo(mode="CMYK"), "JPEG"),
    "jpeg with a second picture": lambda: saved(logo(), "MPO", save_all=True, append_images=[logo(colour=BLUE)]),
    "webp": lambda: saved(logo(), "WEBP"),
    "webp on nothing": lambda: saved(logo(mode="RGBA"), "WEBP", lossless=True),
    "png with a page behind it": lambda: saved(logo()) + b"<script>alert(1)</script>",
    "jpeg with an archive behind it": lambda: saved(logo(), "JPEG") + b"PK\x03\x04" + bytes(100),
    "sides of 6000": lambda: saved(logo((6000, 300))),
}
"""What is taken -> how to make it."""
