"""Telling a scanner, which types like a keyboard, from a person who presses keys."""

from __future__ import annotations

from kiosk.scanner import LONGEST, PAUSE, Scan, entered, typed


def scanned(text: str, gap: float = 0.005, enter: float = 0.005) -> str | None:
    scan, now = Scan(), 100.0
    for letter in text:
        now += gap
        scan = typed(scan, letter, now)
    return entered(scan, now + enter)


def test_letters_in_quick_succession_and_an_enter_are_a_code() -> None:
    assert scanned("MPP-2026-0017") == "MPP-2026-0017"


def test_a_slow_scanner_is_one_too() -> None:
    assert scanned("MPP-17", gap=0.06) == "MPP-17"


def test_a_person_s_keys_are_no_code() -> None:
    assert scanned("MPP-17", gap=2 * PAUSE) is None
    assert scanned("MPP-17", enter=2 * PAUSE) is None


def test_an_enter_alone_is_a_person_s() -> None:
    assert scanned("") is None
    assert scanned("7") is None


def test_what_was_typed_long_before_is_not_part_of_a_code() -> None:
    scan = typed(Scan(), "x", 1.0)
    for place, letter in enumerate("A-17"):
        scan = typed(scan, letter, 5.0 + place / 100)
    assert entered(scan, 5.05) == "A-17"


def test_ten_thousand_letters_are_kept_as_one_that_is_too_long_for_any_code() -> None:
    code = scanned("A" * 10_000)
    assert code is not None
    assert len(code) == LONGEST


def test_control_codes_spoil_the_code_and_do_not_vanish_from_it() -> None:
    assert scanned("A\x1b[2J17") == "A\N{REPLACEMENT CHARACTER}[2J17"
