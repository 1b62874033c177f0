"""Finding a service by what people type: in any language and script, with slips of the finger, before it is finished.

Every word typed is compared with every word of the catalogue; a service is as good as the words that it answers, and
a word that few services answer counts for more. Pure.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hall.catalogue import Agency, Catalogue, Keywords, Names, Service
from hall.spelling import mistyped, words

NAME, KEYWORD, CODE, AGENCY = 1.0, 1.0, 0.7, 0.6
"""How much a word counts by where it stands."""
FOREIGN = 0.85
"""What is left of that in a language that was not asked for."""
SURE = 0.8
"""A word that fits so well is what was typed: no other keyboard layout is tried."""
ELSEWHERE = 0.9
"""What a fit in another keyboard layout is worth."""
KEPT = 0.5
"""Services below this share of the best one's score are left out."""
NOWHERE = 0.3
"""What a word that nothing in the catalogue resembles counts, beside one that is there."""
LONGEST = 12
"""Words of a search that are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """A service, and how well it answers: above 0, at most 1."""

    service: str
    score: float


class Index:
    """The words of one catalogue, made ready to be searched; made once for each edition of it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._services = tuple(catalogue.services)
        heard: dict[str, dict[int, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
        self._lengths: dict[str, list[int]] = defaultdict(list)
        place = 0
        for agency in catalogue.agencies:
            for service in agency.services:
                for language, word, weight in _said(agency, service):
                    known = heard[word][place]
                    known[language] = max(known.get(language, 0.0), weight)
                for language, name in service.name.items():
                    self._lengths[language].append(len(set(words(name))))
                place += 1
        self._vocabulary = tuple(heard)
        self._places = tuple(
            tuple((place, tuple(weights.items())) for place, weights in places.items()) for places in heard.values()
        )
        self._beginnings: dict[int, list[str]] = {}
        self._fits = lru_cache(maxsize=512)(self._fits_of)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """The index of a catalogue."""
        return cls(catalogue)

    def find(self, typed: str, language: str, most: int = 8) -> list[Found]:
        """The services that answer what was typed, the best first; none when nothing resembles it."""
        answers = [self._answers(word, language) for word in dict.fromkeys(typed.split()[:LONGEST])]
        if not any(answers):
            return []
        scores: dict[int, float] = defaultdict(float)
        total = 0.0
        for answer in answers:
            if not answer:
                total += NOWHERE
                continue
            best = max(answer.values())
            rarity = math.log1p(len(self._services) / sum(fit >= SURE * best for fit in answer.values()))
            total += rarity
            for place, fit in answer.items():
                scores[place] += rarity * fit
        lengths = self._lengths[language] or next(iter(self._lengths.values()))
        best = max(scores.values())
        kept = [place for place, score in scores.items() if score >= KEPT * best]
        # Of two that answer alike the one with fewer other words in its name: “paspor” first finds “Paspor baru”.
        kept.sort(key=lambda place: (-scores[place] + 0.01 * total * lengths[place], place))
        return [Found(self._services[place], min(1.0, scores[place] / total)) for place in kept[:most]]

    def _answers(self, typed: str, language: str) -> dict[int, float]:
        """Service (its place) -> how well it answers one word."""
        answers: dict[int, float] = {}
        for token, fit in self._fits(typed):
            for place, weights in self._places[token]:
                weight = max(weight if said == language else weight * FOREIGN for said, weight in weights)
                if fit * weight > answers.get(place, 0.0):
                    answers[place] = fit * weight
        return answers

    def _fits_of(self, typed: str) -> tuple[tuple[int, float], ...]:
        """The words of the catalogue that one written word may mean, and how well each fits."""
        fits: dict[int, float] = {}
        for word in words(typed):
            for token, fit in self._like(word):
                fits[token] = max(fits.get(token, 0.0), fit)
        if max(fits.values(), default=0.0) < SURE:
            for other in mistyped(typed):
                for word in words(other):
                    for token, fit in self._like(word):
                        if fit >= SURE and len(word) > 2:
                            fits[token] = max(fits.get(token, 0.0), fit * ELSEWHERE)
        return tuple(fits.items())

    def _like(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of the catalogue like this one: the same, begun, a part, or with slips."""
        length = len(word)
        for token, known in enumerate(self._vocabulary):
            if known.startswith(word):
                yield token, 1.0 if len(known) == length else 0.9 + 0.08 * length / len(known)
            elif length > 3 and word in known:
                yield token, 0.6 + 0.2 * length / len(known)
            elif len(known) > 4 and known in word:
                yield token, (0.6 if word.startswith(known) else 0.45) + 0.3 * len(known) / length
        slips = _slips(length)
        if not slips:
            return
        for _, distance, token in _near(word, self._vocabulary, slips):
            if distance:
                yield token, 0.95 - distance * 1.2 / length
        if length > 3:
            for _, distance, token in _near(word, self._begun(length), slips if length > 6 else 1):
                if distance:
                    yield token, 0.85 - distance * 1.2 / length

    def _begun(self, length: int) -> list[str]:
        """Every word of the catalogue, cut to a length."""
        if length not in self._beginnings:
            self._beginnings[length] = [known[:length] for known in self._vocabulary]
        return self._beginnings[length]


def _slips(length: int) -> int:
    """How many slips of the finger (a letter too many, too few, wrong, or two exchanged) a word is forgiven."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3


def _near(word: str, known: Collection[str], slips: int) -> list[tuple[str, int, int]]:
    return process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=None)


def _said(agency: Agency, service: Service) -> Iterator[tuple[str, str, float]]:
    """Language, word and weight of everything that is said of a service."""
    yield from _each(service.name, NAME)
    yield from _each(_joined(service.keywords), KEYWORD)
    yield from _each(agency.name, AGENCY)
    yield from _each(agency.short, AGENCY)
    yield from _each(_joined(agency.keywords), AGENCY)
    for word in words(service.code.replace(".", " ")):
        yield "", word, CODE


def _joined(keywords: Keywords) -> Names:
    return {language: " ".join(each) for language, each in keywords.items()}


def _each(names: Mapping[str, str], weight: float) -> Iterator[tuple[str, str, float]]:
    for language, name in names.items():
        for word in words(name):
            yield language, word, weight
