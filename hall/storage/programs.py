"""The programs outside: tokens that let them in, and webhooks that tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall.rights import Scope
from hall.storage.rows import Row, Rows, millis
from hall.tickets import Deed

if TYPE_CHECKING:
    from hall.tokens import Token
    from hall.webhooks import Webhook


class Programs(Rows):
    """Tokens and webhooks."""

    def token_added(self, token: Token, fingerprint: str) -> None:
        """A program that may come in."""
        self._rows(
            "INSERT INTO token (hall, name, fingerprint, scopes, made_at)"
            " VALUES (:hall, :name, :fingerprint, :scopes, :made_at)",
            name=token.name,
            fingerprint=fingerprint,
            scopes=" ".join(sorted(token.scopes)),
            made_at=millis(token.made_at),
        )

    def token(self, fingerprint: str) -> Token | None:
        """By the fingerprint of its secret."""
        rows = self._rows(
            "SELECT name, scopes, made_at FROM token WHERE hall = :hall AND fingerprint = :fingerprint",
            fingerprint=fingerprint,
        )
        return self._as_token(rows[0]) if rows else None

    def tokens(self) -> list[Token]:
        """By name."""
        rows = self._rows("SELECT name, scopes, made_at FROM token WHERE hall = :hall ORDER BY name")
        return [self._as_token(row) for row in rows]

    def token_gone(self, name: str) -> bool:
        """Out, and its webhooks with it; whether there was one."""
        gone = self._rows("DELETE FROM token WHERE hall = :hall AND name = :name RETURNING name", name=name)
        self._rows("DELETE FROM webhook WHERE hall = :hall AND token = :name", name=name)
        return bool(gone)

    def _as_token(self, row: Row) -> Token:
        from hall.tokens import Token

        name, scopes, made_at = row
        return Token(name, frozenset(map(Scope, scopes.split())), self._time(made_at))

    def webhooks(self) -> list[Webhook]:
        """By age."""
        from hall.webhooks import Webhook

        rows = self._rows(
            "SELECT id, url, secret, events, position, token, trouble, stopped FROM webhook WHERE hall = :hall"
            " ORDER BY id"
        )
        return [
            Webhook(one, url, secret, frozenset(map(Deed, events.split())), position, token, trouble, bool(stopped))
            for one, url, secret, events, position, token, trouble, stopped in rows
        ]

    def webhook_added(self, hook: Webhook) -> None:
        """A new one."""
        self._rows(
            "INSERT INTO webhook (hall, id, url, secret, events, position, token, trouble, stopped)"
            " VALUES (:hall, :id, :url, :secret, :events, :position, :token, :trouble, :stopped)",
            id=hook.id,
            url=hook.url,
            secret=hook.secret,
            events=" ".join(sorted(hook.events)),
            position=hook.position,
            token=hook.token,
            trouble=hook.trouble,
            stopped=int(hook.stopped),
        )

    def webhook_told(self, webhook: int, position: int, trouble: str | None, *, stopped: bool) -> None:
        """How far it has been told, and how it went; nothing when it is no longer there."""
        self._rows(
            "UPDATE webhook SET position = :position, trouble = :trouble, stopped = :stopped"
            " WHERE hall = :hall AND id = :id",
            id=webhook,
            position=position,
            trouble=trouble,
            stopped=int(stopped),
        )

    def webhook_gone(self, webhook: int) -> None:
        """Told nothing more."""
        self._rows("DELETE FROM webhook WHERE hall = :hall AND id = :id", id=webhook)
