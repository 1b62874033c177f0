"""Finding a service while it is typed: what each letter costs in a hall of 450 services."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from assets import ROOT
from benchmarks.measure import Result, percentile
from hall.catalogue import Catalogue, build
from hall.catalogue_file import read
from hall.search import Index

QUERIES = Path(__file__).parent.parent / "tests" / "queries.toml"
SERVICES = 450


def search_p95_ms(_folder: Path) -> Iterator[Result]:
    """Every query of the tests typed letter by letter; the hold is for typing and painting together."""
    catalogue = _large()
    start = time.perf_counter()
    index = Index.of(catalogue)
    built = (time.perf_counter() - start) * 1000
    texts = [
        text.casefold()
        for agency in catalogue.agencies
        for service in agency.services
        for text in (
            *service.name.values(),
            *agency.name.values(),
            *(w for ws in service.keywords.values() for w in ws),
        )
    ]
    taken, scanned = [], []
    for name in ("mpp", "asan"):
        for language, queries in tomllib.loads(QUERIES.read_text("utf-8"))[name].items():
            for typed in (query[:end] for query in queries for end in range(1, len(query) + 1)):
                start = time.perf_counter()
                index.find(typed, language)
                taken.append((time.perf_counter() - start) * 1000)
                start = time.perf_counter()
                _ = [text for text in texts if typed.casefold() in text]
                scanned.append((time.perf_counter() - start) * 1000)
    ours = f"p50 {median(taken):.2f}, max {max(taken):.1f} ms, {len(taken)} letters; index {built:.0f} ms"
    beside = f"{ours}; plain scan of the same texts p50 {median(scanned):.2f}, p95 {percentile(scanned, 0.95):.2f} ms"
    yield Result("search_p95_ms", percentile(taken, 0.95), "ms", "< 50", beside)


def _large() -> Catalogue:
    """Both demo halls under one roof, twice: 450 services with the words of real ones."""
    halls = [build(read(path)) for path in sorted((ROOT / "catalogues").glob("*.toml"))]
    agencies = [
        replace(
            agency,
            code=f"{agency.code}-{copy}",
            services=tuple(replace(one, code=f"{copy}-{one.code}") for one in agency.services),
        )
        for copy in ("a", "b")
        for hall in halls
        for agency in hall.agencies
    ]
    services = {one.code: one for agency in agencies for one in agency.services}
    assert len(services) >= SERVICES
    return replace(halls[0], agencies=tuple(agencies), services=services)
