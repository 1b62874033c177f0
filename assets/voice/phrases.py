"""What is said, as phrases: pure, out of the gettext catalogues. How it sounds is decided elsewhere.

A ticket's number is said letter by letter and digit by digit, as a visitor compares it with the slip in the hand.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace
from enum import StrEnum

from assets.words import N_, say, words

LETTERS = N_("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z")
"""The names of the Latin letters in this order, as each language calls them."""
DIGITS = N_("zero one two three four five six seven eight nine")
CALL = N_("Ticket {number}, please go to counter {counter}.")
CALL_IN_ZONE = N_("Ticket {number}, please go to counter {counter}, {zone}.")
SHORT_CALL = N_("{number}, counter {counter}.")

LONGEST_COUNT = 3
"""Digits outside of a ticket's number that are still said as one number: "twelve", but "one two zero four"."""
_CLAUSE = re.compile(r"([^,.;:!?()–—]*)([,.;:!?()–—]?)")
_QUOTES = str.maketrans("", "", '«»“”„"')
_CODE = re.compile(r"\b([A-Z]{0,3}\d+|[A-Z](?=\W*$|\s*[,.;:!?)]))\b")
"""In a text: A015, A2 or 12, and a single capital at the end of a clause, such as of "Zone A"."""


class Style(StrEnum):
    """How the digits of a ticket's number are said."""

    DIGITS = "digits"
    """zero one five"""
    WHOLE = "whole"
    """fifteen"""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that belong together: what a hall would record as one clip."""

    text: str
    pause: str = ""
    """The punctuation after them."""
    letter: str = ""
    """The Latin letter whose name the text is."""


Phrases = tuple[Phrase, ...]


def announcement(
    number: str, counter: str, language: str, *, zone: str = "", style: Style = Style.DIGITS, short: bool = False
) -> Phrases:
    """The call of a number such as A015 to a counter such as 3, 12, A2 or a name, and to a zone if one is named."""
    places = {
        "number": ticket_number(number, language, style),
        "counter": code(counter, language),
        "zone": free(zone, language),
    }
    said: list[Phrase] = []
    template = words(language).gettext(SHORT_CALL if short else CALL_IN_ZONE if zone else CALL)
    for literal, place, _, _ in string.Formatter().parse(template):
        _clauses(literal, said)
        said += places[place] if place else ()
    return tuple(said)


def free(text: str, language: str) -> Phrases:
    """Any text; the codes and numbers in it are said as they are on their own."""
    said: list[Phrase] = []
    for place, part in enumerate(_CODE.split(text.translate(_QUOTES))):
        if place % 2 == 0:
            _clauses(part, said)
        elif re.fullmatch(r"[A-Z]+\d{3,}", part):
            said += ticket_number(part, language)
        else:
            said += code(part, language)
    return tuple(said)


def ticket_number(number: str, language: str, style: Style = Style.DIGITS) -> Phrases:
    """Letters, a short pause, digits."""
    series, digits = number.rstrip("0123456789"), number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = [_letter(one, language) for one in series]
    if letters and digits:
        letters[-1] = replace(letters[-1], pause=",")
    count = _whole(int(digits), language) if digits and style is Style.WHOLE else _digits(digits, language)
    return (*letters, *count)


def code(counter: str, language: str) -> Phrases:
    """A counter's code: letters by name, its digits as one number unless that begins with zero or is long."""
    if not re.fullmatch(r"[A-Z\d]+", counter):
        return free(counter, language)
    said: list[Phrase] = []
    for run in re.findall(r"[A-Z]|\d+", counter):
        if run.isalpha():
            said.append(_letter(run, language))
        elif len(run) > LONGEST_COUNT or (run[0] == "0" and len(run) > 1):
            said += _digits(run, language)
        else:
            said += _whole(int(run), language)
    return tuple(said)


def _letter(letter: str, language: str) -> Phrase:
    return Phrase(say(language, LETTERS).split()[ord(letter) - ord("A")], letter=letter)


def _digits(digits: str, language: str) -> Phrases:
    names = say(language, DIGITS).split()
    return tuple(Phrase(names[int(digit)]) for digit in digits)


def _whole(count: int, language: str) -> Phrases:
    """Word by word, so that few clips make every number; digit by digit in a language nobody counts in."""
    from num2words import num2words

    if count < 10:
        return _digits(str(count), language)
    try:
        spelt = num2words(count, lang=language)
    except NotImplementedError:
        return _digits(str(count), language)
    return tuple(Phrase(word) for word in re.findall(r"\w+", spelt))


def _clauses(text: str, said: list[Phrase]) -> None:
    """Add the clauses of a text; punctuation at its start belongs to what was said before."""
    for words_, mark in _CLAUSE.findall(text):
        if words_.strip():
            said.append(Phrase(" ".join(words_.split()), mark))
        elif mark and said and not said[-1].pause:
            said[-1] = replace(said[-1], pause=mark)
