"""The call-board as a page keeps every text in its place: a real hall's names, in each language, on each screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from assets import catalogues
from tests.counter_server import Room, chromium, counter_room, stop

LANGUAGES = ("id", "az", "en", "ru")
SCREENS = ((1920, 1080), (1280, 720), (1080, 1920))
MESSAGE = {
    "id": "Mohon siapkan KTP dan kartu keluarga sebelum dipanggil.",
    "az": "Zəhmət olmasa, şəxsiyyət vəsiqənizi əvvəlcədən hazırlayın.",
    "en": "Please have your identity card ready before your call.",
    "ru": "Пожалуйста, заранее приготовьте удостоверение личности.",
}
BESIDE = {
    "waiting": "waiting = true",
    "nothing": "",
    "message": "messages = [{ " + ", ".join(f'{code} = "{text}"' for code, text in MESSAGE.items()) + " }]",
}
BURST = ("21", "20", "17", "14", "12", "10", "2")
"""Counters of both zones that are called at once, most of them with two digits."""
ASIDE = {"waiting": " ~ aside.lines", "message": " ~ aside.text", "nothing": ".lone"}

MISPLACED = """() => {
  const found = [];
  const list = document.getElementById("list").getBoundingClientRect();
  const unseen = one => one.closest("li")?.getBoundingClientRect().left >= list.right; // a row there was no room for
  const letters = (one, node) => { // a line's box is higher than its letters
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), size = parseFloat(getComputedStyle(one).fontSize);
    const below = one.matches(".number:not(.tail), .counter") ? 0.29 : 0.2; // digits have no tails
    return { left: box.left, right: box.right, top: box.top + 0.3 * size, bottom: box.bottom - below * size };
  };
  const texts = [];
  for (const one of document.querySelectorAll(".board *")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("svg") || unseen(one)) continue;
    const own = [...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const walls = [["screen", { left: 0, top: 0, right: innerWidth, bottom: innerHeight }]];
    for (let up = one; !up.matches("main"); up = up.parentElement)
      if (up.matches(".card, .desk, aside, li, .empty, .alarm, #head"))
        walls.push([up.className || up.id || up.localName, up.getBoundingClientRect()]);
    for (const node of own) {
      const text = letters(one, node), words = node.data.trim();
      for (const [name, box] of walls)
        if (text.left < box.left - 1 || text.right > box.right + 1
            || text.top < box.top - 1 || text.bottom > box.bottom + 1)
          found.push(`${words} leaves ${name}`);
      for (const [others, other] of texts)
        if (Math.min(text.right, other.right) - Math.max(text.left, other.left) > 1
            && Math.min(text.bottom, other.bottom) - Math.max(text.top, other.top) > 1)
          found.push(`${words} over ${others}`);
      texts.push([words, text]);
    }
    const box = own.length || one.matches(".card, .desk, aside, #head, .alarm, .empty");
    if (box && getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1)
      found.push(`${one.textContent.trim()} is wider than its place`);
    const spare = 0.25 * parseFloat(getComputedStyle(one).fontSize);
    if (one.matches("aside, .alarm, .empty, h1") && one.scrollHeight > one.clientHeight + spare)
      found.push(`${one.textContent.trim()} is higher than its place`);
  }
  return found;
}"""
"""Every text that leaves its box or the screen, is cut, or lies over another."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def real_hall() -> str:
    """The catalogue with the longest names, where it is about noon."""
    text = (Path(catalogues.__path__[0]) / "mpp.toml").read_text("utf-8")
    return re.sub(r'timezone = ".*"', f'timezone = "Etc/GMT{datetime.now(UTC).hour - 12:+d}"', text)


def call(room: Room, *counters: str) -> None:
    """A new ticket called at each counter."""
    for counter in counters:
        room.hall.issue(next(iter(room.hall.catalogue.counters[counter].offers)), printer=None)
        assert room.hall.call_next(counter)


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "x".join(map(str, screen)))
def test_no_text_is_cut_or_leaves_its_place(
    browser: Browser, tmp_path: Path, screen: tuple[int, int], beside: str
) -> None:
    (tmp_path / "antrean.toml").write_text(f"[display]\nhold_seconds = 60\n{BESIDE[beside]}\n", "utf-8")
    with ExitStack() as stack:
        settings = str(tmp_path / "antrean.toml")
        room = stack.enter_context(counter_room(tmp_path, real_hall(), ANTREAN_SETTINGS=settings))
        for service in list(room.hall.catalogue.services)[::3]:
            room.hall.issue(service, printer=None)
        pages: dict[str, Page] = {}
        viewport = {"width": screen[0], "height": screen[1]}
        for language in LANGUAGES:
            context = stack.enter_context(browser.new_context(viewport=viewport, base_url=room.url))  # type: ignore[arg-type]
            pages[language] = page = context.new_page()
            page.clock.install()
            page.goto(f"/board?language={language}&zone=a&zone=b")
            page.wait_for_selector("[data-health=live]")

        found: dict[str, list[str]] = {}

        def look(moment: str, until: str) -> None:
            for language, page in pages.items():
                page.wait_for_selector(until, state="attached")
                page.evaluate("document.fonts.ready")
                page.screenshot(path=tmp_path / f"{moment}-{language}.png")
                found[f"{moment} {language}"] = page.evaluate(MISPLACED)

        look("none", ".empty")
        call(room, "22")
        look("one", f".card.lit{ASIDE[beside]}")
        if beside == "message":
            call(room, *BURST)
            look("burst", f"#list li.lit:nth-child({len(BURST) - 1})")
        stop(room.process)
        for page in pages.values():
            page.wait_for_selector("[data-health=stale]")
            page.clock.fast_forward(15_000)
        look("lost", "[data-health=lost] .alarm")
    assert "\n".join(f"{place}: {text}" for place, texts in found.items() for text in texts) == ""
