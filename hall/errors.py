"""The two kinds of error a person can meet: a Refusal (a rule says no) and a Fault (the world failed).

Both carry a code and data, and a sentence in every language; the rim shows `said(language)` and never a traceback.
"""

from __future__ import annotations

import functools
from datetime import date, datetime
from typing import Any, ClassVar, Self

from assets.words import LANGUAGES, N_, say

REFUSALS = {
    "no_catalogue": N_("This hall has no catalogue yet."),
    "bad_catalogue": N_("The catalogue has mistakes; nothing was loaded."),
    "bad_template": N_("The slip template {path} has mistakes; nothing was printed."),
    "bad_logo": N_("The logo {path} cannot be printed: {problem}."),
    "unknown_service": N_("There is no service “{service}”."),
    "unknown_counter": N_("There is no counter “{counter}”."),
    "unknown_agency": N_("There is no agency “{agency}”."),
    "unknown_ticket": N_("There is no such ticket."),
    "unknown_number": N_("There is no ticket {number} today."),
    "many_numbers": N_("Several tickets have this number: {numbers}. Type the letter too."),
    "unknown_note": N_("There is no note “{note}”."),
    "counter_taken": N_("{staff} works at counter {counter}."),
    "unknown_zone": N_("There is no zone “{zone}”."),
    "unknown_language": N_("The language “{language}” is not offered here."),
    "unknown_priority": N_("There is no priority “{priority}”."),
    "closed_today": N_("Closed today."),
    "not_yet_open": N_("Tickets are given from {opens}."),
    "closed": N_("Closed for today."),
    "break": N_("Break until {opens}."),
    "cutoff": N_("No more tickets today: the service closes at {closes}."),
    "cap_reached": N_("All {cap} tickets for today have been given."),
    "service_paused": N_("Paused: {reason}."),
    "hall_paused": N_("The hall is paused: {reason}."),
    "pause_over": N_("A pause cannot end at {until}: that time is over."),
    "counter_paused": N_("Counter {counter} is paused: {reason}."),
    "illegal_act": N_("Ticket {number} cannot be changed this way now."),
    "not_offered": N_("Counter {counter} does not offer this service."),
    "other_counter": N_("Ticket {number} waits for counter {counter}."),
    "nowhere_to_transfer": N_("Say a service or a counter to transfer to, one of the two."),
    "recall_too_soon": N_("Call again in {seconds} seconds."),
    "recall_limit": N_("Ticket {number} has been called {times} times already."),
    "no_show_too_soon": N_("Call ticket {number} once more before marking a no-show."),
    "readmitted_before": N_("Ticket {number} has already come back once."),
    "grace_over": N_("It is too late for ticket {number} to come back; take a new ticket."),
    "request_reused": N_("This request id was used before for something else."),
    "unstorable": N_("This text or number cannot be stored."),
    "wrong_code": N_("This is not the code on the call-board now. It changes every few minutes."),
    "unknown_job": N_("There is no such print job."),
    "unknown_printer": N_("There is no printer “{printer}”."),
    "bad_address": N_("{address} is no network address."),
    "too_many_addresses": N_("That is more than {most} addresses: name a smaller network."),
    "bad_sign_in": N_("The name or the PIN is wrong."),
    "sign_in_locked": N_("Too many attempts. Try again in {seconds} seconds."),
    "weak_pin": N_("A PIN has at least {digits} digits."),
    "staff_exists": N_("There is already someone called “{name}”."),
    "unknown_staff": N_("There is nobody called “{name}”."),
    "unknown_booking": N_("There is no booking with this code."),
    "booking_cancelled": N_("This booking was cancelled. You can take an ordinary ticket."),
    "booking_other_day": N_("This booking is for another day: {day}."),
    "booking_too_early": N_("You can check in from {opens}."),
    "booking_late": N_("This booking could be used until {until}. You can take an ordinary ticket."),
    "booking_used": N_("This booking has been used already. Your number is {number}."),
    "bad_bookings": N_("The bookings have mistakes; nothing was imported."),
    "signed_out": N_("Please sign in again."),
    "not_allowed": N_("You may not do this."),
    "role_agency": N_("A supervisor has an agency, and nobody else has."),
    "last_manager": N_("This is the last manager: make somebody else one first."),
    "bad_name": N_("A name has 1 to {longest} letters."),
    "bad_token": N_("This needs a token that is valid: antrean token add."),
    "too_fast": N_("Too many requests. Try again in {seconds} seconds."),
    "no_scope": N_("Say at least one scope."),
    "token_exists": N_("There is already a token called “{name}”."),
    "unknown_token": N_("There is no token called “{name}”."),
    "bad_url": N_("A webhook needs an http or https address without a name and password in it."),
    "no_events": N_("Say at least one event."),
    "too_many_webhooks": N_("There are {most} webhooks already, and there cannot be more."),
    "unknown_webhook": N_("There is no such webhook."),
    "no_text": N_("Write the message in at least one language."),
    "long_text": N_("A message has at most {longest} letters in each language."),
    "message_over": N_("The message would end before it begins."),
    "too_many_messages": N_("There are {most} messages already: take one down first."),
    "catalogue_changed": N_("Somebody else has changed the catalogue meanwhile. Nothing was saved: check once more."),
    "no_picture": N_("Choose a picture first."),
    "logo_too_large": N_("The picture has more than {megabytes} MB."),
    "logo_svg": N_("An SVG picture can carry a program in it, so it is not taken. Save it as PNG."),
    "logo_unknown": N_("This is not a picture in PNG, JPEG or WebP."),
    "logo_moving": N_("This picture moves. Save one still frame of it."),
    "logo_sides": N_("Each side of the picture should have {least} to {most} pixels."),
    "logo_damaged": N_("The picture is damaged, or only a part of it arrived."),
    "logo_white": N_("Nothing of the picture can be seen on white."),
    "bad_time": N_("“{time}” is no time such as 14:30."),
}
"""Reason code of every Refusal, with its sentence."""
OPENS = {
    0: N_("Opens again at {time}."),
    1: N_("Opens again tomorrow {time}."),
    6: N_("Opens again on {day} {time}."),
}
"""Up to how many days ahead -> the sentence that says when tickets are given again; further on with the date, too."""
OPENS_LATER = N_("Opens again on {day} {date}, {time}.")
SHORT = {
    "closed_today": N_("Closed."),
    "closed": N_("Closed."),
    "cutoff": N_("No more tickets."),
    "cap_reached": N_("No more tickets."),
    "hall_paused": N_("Paused."),
}
"""The reason in a word, where there is little room and it is known when tickets are given again."""

FAULTS = {
    "database_missing": N_("There is no queue at {path}. Make one with: antrean init"),
    "database_gone": N_("The queue {path} was removed or replaced."),
    "database_newer": N_(
        "The queue {path} was made by a newer version of Antrean ({found}; this one knows {known}). Update Antrean."
    ),
    "database_foreign": N_("{path} is not a queue of Antrean."),
    "database_locked": N_("The queue is busy: another program has locked {path}."),
    "disk_full": N_("The disk is full: {path} cannot be written."),
    "read_only": N_("{path} cannot be written: it is read-only."),
    "database_unreachable": N_("The queue {path} cannot be opened: {problem}."),
    "database_failed": N_("The queue {path} failed: {problem}."),
    "unknown_engine": N_("No storage engine knows {url}."),
    "bad_settings": N_("The settings are wrong: {problem}."),
    "unreadable_file": N_("{path} cannot be read: {problem}."),
    "no_screen": N_("There is no screen to open a window on."),
    "unwritable": N_("The output cannot be written: {problem}."),
    "printer_held": N_("Printer “{printer}” is served by another process."),
    "no_shaping": N_("Pillow cannot join letters: install FriBiDi (libfribidi0)."),
    "voice_failed": N_("The voice cannot speak: {problem}."),
    "room_failed": N_("{room} could not start: {problem}."),
}
"""Code of every Fault, with its sentence."""


class Problem(str):
    """What is wrong with something a person wrote: a text in English, that can be said in any language too."""

    _text: str
    _data: dict[str, object]

    def __new__(cls, text: str, **data: object) -> Self:
        """`text` is marked for translation where it stands; `data` fills its places."""
        made = super().__new__(cls, say("en", text, data))
        made._text, made._data = text, data
        return made

    def said(self, language: str) -> str:
        """In words of a language."""
        return say(language, self._text, self._data)


class Said(Exception):  # noqa: N818 - Refusal and Fault are what they are
    """An error with a code and data, that can be said in any language of the product."""

    sentences: ClassVar[dict[str, str]]

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def said(self, language: str = "en") -> str:
        """One sentence for a person."""
        return say(
            language, self.sentences[self.code], {name: _shown(value, language) for name, value in self.data.items()}
        )

    def __str__(self) -> str:
        return self.said()


class Refusal(Said):
    """A rule says no; nothing was changed."""

    sentences = REFUSALS

    def said(self, language: str = "en") -> str:
        """One sentence, and a second one that says when tickets are given again, if the first cannot say it."""
        return " ".join(filter(None, (self.why(language), self.opens_again(language))))

    def why(self, language: str = "en") -> str:
        """The reason alone."""
        return super().said(language)

    def brief(self, language: str = "en") -> str:
        """The same for a tile: of the reason only the kind, wherever the time is known."""
        again = self.opens_again(language)
        return f"{say(language, SHORT[self.code])} {again}" if again else self.said(language)

    def opens_again(self, language: str) -> str:
        """When tickets are given again, for the reasons whose own sentence does not say it; else empty."""
        if "days" not in self.data:
            return ""
        opens, days = self.data["opens"], self.data["days"]
        sentence = next((said for most, said in OPENS.items() if days <= most), OPENS_LATER)
        day, date = _dated(language, opens.date()) if days > 1 else ("", "")
        return say(language, sentence, {"time": f"{opens:%H:%M}", "day": day, "date": date})


class Fault(Said):
    """The world failed; nothing was half done."""

    sentences = FAULTS


@functools.cache
def _dated(language: str, day: date) -> tuple[str, str]:
    """The weekday, and the day of the month with its month."""
    from babel.dates import format_date  # 40 ms, and most sentences need none

    locale = language if language in LANGUAGES else "en"
    return format_date(day, "EEEE", locale=locale), format_date(day, "d MMMM", locale=locale)


def _shown(value: object, language: str) -> object:
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        from babel.dates import format_date  # slow to import, and seldom needed

        return format_date(value, "EEEE, d MMMM", locale=language)
    return value
