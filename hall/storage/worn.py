"""What every room of the hall wears: its logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall.storage.rows import Rows

if TYPE_CHECKING:
    from hall.logo import Logo


class Worn(Rows):
    """The logo, and by itself the digest that says whether it is still the same."""

    def logo_digest(self) -> str | None:
        """Without the picture, which may have a megabyte."""
        rows = self._rows("SELECT digest FROM logo WHERE hall = :hall")
        return rows[0][0] if rows else None

    def logo(self) -> Logo | None:
        """All of it."""
        from hall.logo import Logo

        rows = self._rows("SELECT digest, picture FROM logo WHERE hall = :hall")
        return Logo(*rows[0]) if rows else None

    def logo_stored(self, logo: Logo) -> None:
        """Instead of the one before."""
        self._rows(
            "INSERT INTO logo (hall, digest, picture) VALUES (:hall, :digest, :picture)"
            " ON CONFLICT (hall) DO UPDATE SET digest = excluded.digest, picture = excluded.picture",
            digest=logo.digest,
            picture=logo.picture,
        )

    def logo_gone(self) -> None:
        """Back to none."""
        self._rows("DELETE FROM logo WHERE hall = :hall")
