"""Compiles the catalogues into the wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds each `antrean.mo` beside its .po; an editable install compiles when it runs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs."""
        if version == "editable":
            return
        for source in Path(self.root, "assets", "words").glob("*/antrean.po"):
            binary = source.with_suffix(".mo")
            with source.open("rb") as po, binary.open("wb") as mo:
                write_mo(mo, read_po(po))
            build_data["force_include"][str(binary)] = str(binary.relative_to(self.root))
