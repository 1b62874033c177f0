"""What of a hall's own the kiosk wears, out of its settings."""

from __future__ import annotations

from assets.logo import usable
from hall.settings import ThemeSettings
from kiosk.views import Own


def own(theme: ThemeSettings) -> Own:
    """A logo that cannot be shown is left out: `antrean doctor` names it."""
    logo = usable(theme.logo)
    return Own(theme.name, theme.welcome, logo.absolute().as_uri() if logo else "")
