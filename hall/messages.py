"""Messages that staff put on the call-boards for a while, in the hall's languages.

While one runs, boards show nothing else beside the calls: it was written because it matters now. What a board says
every day stands in its settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assets.words import LANGUAGES
from hall.errors import Refusal
from hall.journal import Happening

if TYPE_CHECKING:
    from hall.act import Act

LONGEST = 200
"""Letters in one language."""
MOST = 8
"""Messages at once: nobody reads more."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message."""

    id: int
    """Of its event."""
    texts: Mapping[str, str]
    """By language; where one is missing, the first there is."""
    since: datetime
    until: datetime | None
    """Without it, until it is taken away."""
    staff: str | None = None

    def runs(self, now: datetime) -> bool:
        """Whether boards show it."""
        return self.since <= now and not self.over(now)

    def over(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.until is not None and now >= self.until


class Messages:
    """The messages of one hall."""

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Act]], writing: Callable[[], AbstractContextManager[Act]]
    ) -> None:
        self._reading = reading
        self._writing = writing

    def add(
        self,
        texts: Mapping[str, str],
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        staff: str | None = None,
    ) -> Message:
        """Put one up, now or from a moment on.

        Refusal no_text, long_text (longest), unknown_language (language), message_over, too_many_messages (most).
        """
        said = {language: " ".join(text.split()) for language, text in texts.items() if text.strip()}
        for language, text in said.items():
            if language not in LANGUAGES:
                raise Refusal("unknown_language", language=language)
            if len(text) > LONGEST or not text.isprintable():
                raise Refusal("long_text", longest=LONGEST)
        if not said:
            raise Refusal("no_text")
        with self._writing() as act:
            zone = act.now.tzinfo
            begins = act.now if since is None else since.astimezone(zone)
            ends = None if until is None else until.astimezone(zone)
            if ends is not None and ends <= max(begins, act.now):
                raise Refusal("message_over")
            kept = act.storage.messages()
            for one in kept:
                if one.over(act.now):
                    act.storage.message_gone(one.id)
            if sum(not one.over(act.now) for one in kept) >= MOST:
                raise Refusal("too_many_messages", most=MOST)
            until_said = ends.isoformat(timespec="minutes") if ends else None
            sequence = act.record(Happening.MESSAGE, staff=staff, texts=said, until=until_said)
            made = Message(sequence, said, begins, ends, staff)
            act.storage.message_added(made)
            act.revise()
            return made

    def remove(self, message: int, *, staff: str | None = None) -> None:
        """Take one down; of one that is not there nothing changes."""
        with self._writing() as act:
            if any(one.id == message for one in act.storage.messages()):
                act.storage.message_gone(message)
                act.record(Happening.MESSAGE_GONE, staff=staff, message=message)
                act.revise()

    def all(self) -> list[Message]:
        """Those that run or will, the oldest first."""
        with self._reading() as act:
            return [one for one in act.storage.messages() if not one.over(act.now)]

    def running(self) -> list[Message]:
        """Those that boards show now."""
        with self._reading() as act:
            return [one for one in act.storage.messages() if one.runs(act.now)]
