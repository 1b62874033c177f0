"""What only one process of a hall may have at a time, such as a printer."""

from __future__ import annotations

from typing import Protocol


class Hold(Protocol):
    """Had by one process, and by the children it hands the file descriptor to; free again when all of them are gone."""

    def fileno(self) -> int:
        """What a child inherits to hold it too."""

    def close(self) -> None:
        """Let go."""
