"""What every screen, slip, page and voice wears: words, fonts, theme, icons, sounds, demo catalogues.

Imports no other room. Only `assets.qt` knows Qt.
"""

from pathlib import Path

ROOT = Path(__file__).parent
