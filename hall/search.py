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
from hall.spelling import mistyped, plain, words

NAME, KEYWORD, CODE, AGENCY = 1.0, 1.0, 0.7, 0.6
"""How much a word counts by where it stands."""
FOREIGN = 0.85
"""What is left of that in a language that was not asked for."""
SURE = 0.8
"""A word that fits so well is what was typed: no other keyboard layout is tried."""
ELSEWHERE = 0.9
"""What a fit in another keyboard layout is worth."""
LENGTH = 0.01
"""How much less a service is worth for each word of its name."""
KEPT = 0.5
"""Services below this share of the best one's score are left out."""
NOWHERE = 0.3
"""What a word that nothing in the catalogue resembles counts, beside one that is there."""
PHRASE = 0.9
"""What a keyword of several words gives to each of them: “ktp” is the card itself, “ambil ktp” is not."""
DOUBTED = 0.75
"""What is left of a fit with slips, or of a short beginning, where the word as typed is there too."""
FILLERS = frozenset(
    word
    for line in (
        "saya mau ingin buat bikin membuat cara untuk urus mengurus yang di ke dan",
        "i we want need to get make apply for how a an the my of in at and you are do can please",
        "я мы хочу нужно надо мне получить сделать оформить как где для на в и по",
        "mən istəyirəm lazım lazımdır almaq etmək üçün necə harada mənə və",
    )
    for word in words(line)
)
"""What people say around what they mean ..."""
FILLER = 0.2
"""... and how much such a word counts."""
LONGEST = 100
"""Letters of a search that are looked at."""


Said = tuple[str, str, float]
"""Language, word, and how much it counts."""


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
            of_agency = tuple(_of_agency(agency))
            for service in agency.services:
                for language, word, weight in (*_of_service(service), *of_agency):
                    known = heard[word][place]
                    known[language] = max(known.get(language, 0.0), weight)
                for language, name in service.name.items():
                    self._lengths[language].append(len(set(words(name))))
                place += 1
        self._vocabulary = tuple(heard)
        self._known = frozenset(heard)
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
        scores: dict[int, float] = defaultdict(float)
        total = 0.0
        for word in dict.fromkeys(typed[:LONGEST].split()):
            answers = self._answers(word, language)
            weight = self._rarity(answers) * (FILLER if plain(word) in FILLERS else 1.0)
            total += weight
            for place, fit in answers.items():
                scores[place] += weight * fit
        if not scores:
            return []
        lengths = self._lengths.get(language) or next(iter(self._lengths.values()))
        best = max(scores.values())
        kept = {place: score / total for place, score in scores.items() if score >= KEPT * best}
        # Of two that answer alike the one with fewer other words in its name: “paspor” first finds “Paspor baru”.
        found = [(score * (1 - LENGTH * min(lengths[place], 10)), place) for place, score in kept.items()]
        found.sort(key=lambda one: (-one[0], one[1]))
        return [Found(self._services[place], score) for score, place in found[:most]]

    def _rarity(self, answers: Mapping[int, float]) -> float:
        """How much a word tells: more the fewer services it finds."""
        if not answers:
            return NOWHERE
        best = max(answers.values())
        return math.log1p(len(self._services) / sum(fit >= SURE * best for fit in answers.values()))

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
        there = DOUBTED if word in self._known else 1.0
        for token, known in enumerate(self._vocabulary):
            if known == word:
                yield token, 1.0
            elif known.startswith(word):
                yield token, (0.9 + 0.08 * length / len(known)) * (there if length < 4 else 1.0)
            elif length > 3 and word in known:
                yield token, 0.6 + 0.2 * length / len(known)
            elif len(known) > 3 and word.startswith(known):
                yield token, 0.6 + 0.3 * len(known) / length
            elif len(known) > 4 and known in word:
                yield token, 0.45 + 0.3 * len(known) / length
        slips = _slips(length)
        if not slips:
            return
        for _, distance, token in _near(word, self._vocabulary, slips):
            if distance:
                yield token, there * (0.95 - distance * 1.2 / length)
        if length > 5:
            for _, distance, token in _near(word, self._begun(length), slips if length > 6 else 1):
                if distance:
                    yield token, there * (0.85 - distance * 1.2 / length)

    def _begun(self, length: int) -> list[str]:
        """Every word of the catalogue, cut to a length."""
        if length not in self._beginnings:
            self._beginnings[length] = [known[:length] for known in self._vocabulary]
        return self._beginnings[length]


def _slips(length: int) -> int:
    """How many slips of the finger (a letter too many, too few, wrong, or two exchanged) a word is forgiven."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3


def _near(word: str, known: Collection[str], slips: int) -> list[tuple[str, int, int]]:
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=None)
    if len(word) > 5:
        return found
    # Of a short word the first letter is right, or stands second; of a very short one only the order is forgiven, and
    # a letter too many or too few: else “pizza” would be taken for “viza” or “pipa”.
    return [
        one
        for one in found
        if one[0][:1] in word[:2] and (len(word) > 4 or len(one[0]) != len(word) or sorted(one[0]) == sorted(word))
    ]


def _of_service(service: Service) -> Iterator[Said]:
    yield from _each(service.name, NAME)
    yield from _phrases(service.keywords, KEYWORD)
    for word in words(service.code.replace(".", " ")):
        yield "", word, CODE


def _of_agency(agency: Agency) -> Iterator[Said]:
    yield from _each(agency.name, AGENCY)
    yield from _each(agency.short, AGENCY)
    yield from _phrases(agency.keywords, AGENCY)


def _phrases(keywords: Keywords, weight: float) -> Iterator[Said]:
    for language, phrases in keywords.items():
        for phrase in phrases:
            said = words(phrase)
            for word in said:
                yield language, word, weight if len(said) == 1 else weight * PHRASE


def _each(names: Names, weight: float) -> Iterator[Said]:
    for language, name in names.items():
        for word in words(name):
            yield language, word, weight
