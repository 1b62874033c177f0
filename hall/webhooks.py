"""Other programs that are told what happens to tickets: where, which events, and how far they have been told.

The journal is the outbox: a webhook is a position in it. The room that sends is the counter's (`counter.sender`).
Cryptography is imported where it is used: a kiosk, which needs none, opens its window so much sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from hall.act import Act
from hall.errors import Refusal
from hall.journal import Happening
from hall.once import once
from hall.tickets import Deed

LONGEST_URL = 500
MOST = 20
"""Webhooks of a hall: each is a connection, and its position a commit for every event."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One program that is told."""

    id: int
    """The sequence number of the event that added it."""
    url: str
    secret: str = field(repr=False)
    events: frozenset[Deed]
    position: int
    """The sequence number of the last event that was taken care of."""
    token: str | None = None
    """The name of the token that added it; None: the command line."""
    trouble: str | None = None
    """Why the last delivery failed; None while all is well."""
    stopped: bool = False
    """It failed too often: nothing is sent until somebody resumes it, and then nothing was lost."""


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """What proves that a delivery comes from this hall: HMAC-SHA256 of `timestamp.body`, as `sha256=` and hex."""
    import hashlib
    import hmac

    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


class Webhooks:
    """The webhooks of one hall."""

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Act]], writing: Callable[[], AbstractContextManager[Act]]
    ) -> None:
        self._reading = reading
        self._writing = writing

    def add(
        self, url: str, events: Iterable[Deed], token: str | None = None, *, request_id: str | None = None
    ) -> Webhook:
        """Tell another program of what happens from now on. Refusal bad_url, no_events, too_many_webhooks (most).

        A repeated `request_id` gives the same webhook, with its secret; Refusal unknown_webhook once it was removed.
        """
        wanted = frozenset(events)
        if not _tellable(url):
            raise Refusal("bad_url")
        if not wanted:
            raise Refusal("no_events")

        def do(act: Act) -> Webhook:
            import secrets

            if len(act.storage.webhooks()) >= MOST:
                raise Refusal("too_many_webhooks", most=MOST)
            sequence = act.record(Happening.WEBHOOK, webhook=act.next_sequence)
            hook = Webhook(sequence, url, secrets.token_urlsafe(32), wanted, sequence, token)
            act.storage.webhook_added(hook)
            return hook

        def again(act: Act, outcome: int | None) -> Webhook:
            return self._find(act, outcome or 0, token)

        with self._writing() as act:
            return once(act, request_id, ("add_webhook", url, *sorted(wanted), token), do, again)

    def all(self, token: str | None = None) -> list[Webhook]:
        """By age; of a token alone, if said."""
        with self._reading() as act:
            return [hook for hook in act.storage.webhooks() if token in (None, hook.token)]

    def remove(self, webhook: int, token: str | None = None) -> None:
        """Tell it nothing more. Refusal unknown_webhook."""
        with self._writing() as act:
            self._find(act, webhook, token)
            act.storage.webhook_gone(webhook)
            act.record(Happening.WEBHOOK_GONE, webhook=webhook)

    def resume(self, webhook: int, token: str | None = None, *, request_id: str | None = None) -> Webhook:
        """Go on telling one that failed too often, from where it was left. Refusal unknown_webhook."""

        def do(act: Act) -> Webhook:
            hook = self._find(act, webhook, token)
            act.storage.webhook_told(webhook, hook.position, None, stopped=False)
            act.record(Happening.WEBHOOK, webhook=webhook)
            return self._find(act, webhook, token)

        def again(act: Act, outcome: int | None) -> Webhook:
            return self._find(act, outcome or 0, token)

        with self._writing() as act:
            return once(act, request_id, ("resume_webhook", webhook, token), do, again)

    def told(self, webhook: int, position: int, trouble: str | None = None, *, stopped: bool = False) -> None:
        """How far it has been told, and what went wrong if anything did."""
        with self._writing() as act:
            act.storage.webhook_told(webhook, position, trouble, stopped=stopped)

    @staticmethod
    def _find(act: Act, webhook: int, token: str | None) -> Webhook:
        for hook in act.storage.webhooks():
            if hook.id == webhook and token in (None, hook.token):
                return hook
        raise Refusal("unknown_webhook")


def _tellable(url: str) -> bool:
    """An http or https address without a name and password in it, which would be shown in lists."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    return plain and named and port_is_right and not parts.fragment
