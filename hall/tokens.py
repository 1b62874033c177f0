"""Programs that may use the hall over its API: each has a token with scopes, shown once and kept as a fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from hall import staff
from hall.act import Act
from hall.errors import Refusal
from hall.journal import Happening
from hall.rights import Grant, Scope

PREFIX = "antrean_"
"""Begins every token, so that one that leaked into a file or a log can be found."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: never its secret."""

    name: str
    scopes: frozenset[Scope]
    made_at: datetime

    @property
    def grant(self) -> Grant:
        """What it lets a program do."""
        return Grant.of_scopes(self.scopes)


class Tokens:
    """The tokens of one hall."""

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Act]], writing: Callable[[], AbstractContextManager[Act]]
    ) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, name: str, scopes: Iterable[Scope]) -> str:
        """Let a program in; its secret, which nobody can read again. Refusal bad_name, no_scope, token_exists."""
        wanted = frozenset(scopes)
        if not name.isprintable() or not name.strip() or len(name) > LONGEST_NAME:
            raise Refusal("bad_name", longest=LONGEST_NAME)
        if not wanted:
            raise Refusal("no_scope")
        secret = PREFIX + staff.new_token()
        with self._writing() as act:
            if any(name == token.name for token in act.storage.tokens()):
                raise Refusal("token_exists", name=name)
            act.storage.token_added(Token(name, wanted, act.now), staff.fingerprint(secret))
            act.record(Happening.TOKEN, name=name, scopes=sorted(wanted))
        return secret

    def revoke(self, name: str) -> None:
        """Put a program out, at once; its webhooks go with it. Refusal unknown_token."""
        with self._writing() as act:
            if not act.storage.token_gone(name):
                raise Refusal("unknown_token", name=name)
            act.record(Happening.TOKEN_GONE, name=name)

    def all(self) -> list[Token]:
        """By name."""
        with self._reading() as act:
            return act.storage.tokens()

    def of(self, secret: str) -> Token:
        """Whose secret this is. Refusal bad_token."""
        with self._reading() as act:
            found = act.storage.token(staff.fingerprint(secret))
        if found is None:
            raise Refusal("bad_token")
        return found
