"""The board's sizes, which its window and its page share."""

from hall.sizes import MOST_LISTED, MOST_ROOM, Sizes, capital_mm, listed_mm, sizes

__all__ = ["MOST_LISTED", "MOST_ROOM", "Sizes", "capital_mm", "listed_mm", "sizes"]
