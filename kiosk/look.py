"""A look at the hall: what a visitor may know of it now."""

from __future__ import annotations

from hall import Hall
from kiosk.views import Look


def look(hall: Hall) -> Look:
    """The hall at this moment. Refusal no_catalogue."""
    return Look(hall.now(), hall.catalogue, hall.refusals(), hall.waiting(), hall.estimates())
