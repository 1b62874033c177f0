"""The colours by role, read from theme.toml: one source for QML and CSS."""

import functools
import tomllib

from assets import ROOT

Palette = dict[str, str]


@functools.cache
def palettes() -> dict[str, Palette]:
    """Every palette by name (`light`, `dark`); each maps a role to `#RRGGBB`."""
    palettes: dict[str, Palette] = tomllib.loads((ROOT / "theme.toml").read_text("utf-8"))
    return palettes


def css() -> str:
    """The palettes as CSS custom properties (`--on-accent` and so on): light, dark where the reader's system is, and
    whichever a page names as its `data-palette`.
    """

    def declarations(name: str) -> str:
        return "".join(f"--{role.replace('_', '-')}:{value};" for role, value in palettes()[name].items())

    named = "".join(f":root[data-palette={name}]{{{declarations(name)}}}" for name in palettes())
    return (
        f":root{{color-scheme:light dark;{declarations('light')}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{declarations('dark')}}}}}"
        f"{named}"
    )
