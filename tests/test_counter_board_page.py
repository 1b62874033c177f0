"""The call-board as a page keeps every text in its place: a real hall's names, in each language, on each screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.board_scenes import MESSAGES, scene
from tests.counter_server import chromium

LANGUAGES = ("id", "az", "en", "ru")
SCREENS = ((1920, 1080), (1280, 720), (1080, 1920))
BESIDE = {
    "waiting": "waiting = true",
    "nothing": "",
    "message": MESSAGES,
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


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: "x".join(map(str, screen)))
def test_no_text_is_cut_or_leaves_its_place(
    browser: Browser, tmp_path: Path, screen: tuple[int, int], beside: str
) -> None:
    viewport = {"width": screen[0], "height": screen[1]}
    with (
        scene(tmp_path, BESIDE[beside]) as stood,
        browser.new_context(viewport=viewport, base_url=stood.url) as context,  # type: ignore[arg-type]
    ):
        closed = stood.hall.refusals()
        for service in list(stood.hall.catalogue.services)[::3]:
            if service not in closed:
                stood.hall.issue(service, printer=None)
        context.clock.install()
        pages: dict[str, Page] = {}
        for language in LANGUAGES:
            pages[language] = page = context.new_page()
            page.goto(f"/board?language={language}&zone=a&zone=b")

        found: dict[str, list[str]] = {}

        def look(moment: str, until: str) -> None:
            for language, page in pages.items():
                page.wait_for_selector(until, state="attached")
                page.evaluate("document.fonts.ready")
                found[f"{moment} {language}"] = page.evaluate(MISPLACED)

        look("none", "[data-health=live] .empty")
        stood.call("22")
        look("one", f".card.lit{ASIDE[beside]}")
        if beside == "message":
            stood.call(*BURST)
            look("burst", f"#list li.lit:nth-child({len(BURST) - 1})")
        stood.vanish()
        for page in pages.values():
            page.wait_for_selector("[data-health=stale]")
        context.clock.fast_forward(15_000)
        look("lost", "[data-health=lost] .alarm")
    assert "\n".join(f"{place}: {text}" for place, texts in found.items() for text in texts) == ""
