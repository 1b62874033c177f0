"""Finding a service while it is typed: what each letter costs in a hall of 450 services, until it is painted."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from assets import ROOT
from benchmarks.measure import Result, percentile
from benchmarks.touch import told
from hall.catalogue import Catalogue, build
from hall.catalogue_file import read
from hall.search import Index

QUERIES = Path(__file__).parent.parent / "tests" / "queries.toml"
SERVICES = 450
EVERY = 4
"""Of the queries, one in so many is typed into the window; all of them are asked of the index."""


def search_p95_ms(folder: Path) -> Iterator[Result]:
    """Queries of the tests typed letter by letter into the kiosk's window: from the letter to the painted results."""
    painted = told(folder, "search", EVERY)["pages"]["letter"]
    catalogue = large()
    start = time.perf_counter()
    index = Index.of(catalogue)
    built = (time.perf_counter() - start) * 1000
    taken = []
    for language, query in queries():
        for end in range(1, len(query) + 1):
            start = time.thread_time()
            index.find(query[:end], language)
            taken.append((time.thread_time() - start) * 1000)
    found = (
        f"of it the index p50 {median(taken):.1f}, p95 {percentile(taken, 0.95):.1f} ms of CPU, built in {built:.0f}"
    )
    beside = f"p50 {median(painted):.1f}, max {max(painted):.0f} ms, {len(painted)} letters; {found} ms"
    yield Result("search_p95_ms", percentile(painted, 0.95), "ms", "< 50", beside)


def queries() -> list[tuple[str, str]]:
    """What people type, and in which language."""
    written = tomllib.loads(QUERIES.read_text("utf-8"))
    return [(language, one) for name in ("mpp", "asan") for language, asked in written[name].items() for one in asked]


def large() -> Catalogue:
    """Both demo halls under one roof, twice: 450 services with the words of real ones."""
    halls = [build(read(path)) for path in sorted((ROOT / "catalogues").glob("*.toml"))]
    agencies = [
        replace(
            agency,
            code=f"{agency.code}-{copy}",
            services=tuple(
                replace(one, code=f"{copy}-{one.code}", agency=f"{agency.code}-{copy}") for one in agency.services
            ),
        )
        for copy in ("a", "b")
        for hall in halls
        for agency in hall.agencies
    ]
    services = {one.code: one for agency in agencies for one in agency.services}
    assert len(services) >= SERVICES
    return replace(halls[0], agencies=tuple(agencies), services=services)
