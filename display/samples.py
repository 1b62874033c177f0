"""A hall that never was, for pictures of the board: fixed calls at a fixed time, names as long as real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hall.board import Board, BoardCall
from hall.errors import Refusal
from hall.face import Choice, Face, Health, View, Way, derive
from hall.stage import Rules, Stage, advance
from hall.tickets import TicketId

STATES = ("empty", "one", "many", "burst", "stale", "lost", "paused", "waiting", "next", "message", "code")
"""What can be pictured."""
NOW = datetime(2026, 9, 23, 10, 42, 4, tzinfo=ZoneInfo("Asia/Jakarta"))
"""Frozen: a Wednesday in September, the longest names of day and month in most languages."""

AGENCIES = {
    "dukcapil": {
        "id": "Dinas Kependudukan dan Pencatatan Sipil",
        "az": "Ədliyyə Nazirliyinin Vətəndaşlıq Vəziyyəti Aktlarının Qeydiyyatı Şöbəsi",
        "en": "Department of Population and Civil Registration",
        "ru": "Управление по делам населения и записи актов гражданского состояния",
    },
    "imigrasi": {
        "id": "Kantor Imigrasi",
        "az": "Dövlət Miqrasiya Xidməti",
        "en": "Immigration Office",
        "ru": "Миграционная служба",
    },
    "polres": {
        "id": "Kepolisian Resor",
        "az": "Daxili İşlər Nazirliyi",
        "en": "District Police",
        "ru": "Районное управление полиции",
    },
    "pajak": {
        "id": "Kantor Pelayanan Pajak Pratama",
        "az": "Dövlət Vergi Xidməti",
        "en": "Tax Office",
        "ru": "Налоговая служба",
    },
    "bpjs-tk": {
        "id": "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan",
        "az": "Əmək və Əhalinin Sosial Müdafiəsi Nazirliyi",
        "en": "Employment Social Security Agency",
        "ru": "Агентство социального обеспечения в сфере занятости",
    },
    "bpn": {
        "id": "Kantor Pertanahan",
        "az": "Daşınmaz Əmlakın Dövlət Reyestri Xidməti",
        "en": "Land Office",
        "ru": "Служба государственного реестра недвижимости",
    },
}
SHORT = {
    "dukcapil": {"id": "Dukcapil", "az": "VVADQ", "en": "Registry", "ru": "ЗАГС"},
    "imigrasi": {"id": "Imigrasi", "az": "Miqrasiya", "en": "Migration", "ru": "Миграция"},
    "polres": {"id": "Polres", "az": "DİN", "en": "Police", "ru": "Полиция"},
    "pajak": {"id": "Pajak", "az": "Vergi", "en": "Tax", "ru": "Налоги"},
    "bpjs-tk": {"id": "BPJS TK", "az": "Əmək", "en": "Social", "ru": "Соцзащ."},
    "bpn": {"id": "BPN", "az": "Əmlak", "en": "Land", "ru": "Реестр"},
}
NAME = {
    "id": "Mal Pelayanan Publik Kota Nusantara",
    "az": "Nusantara şəhəri İctimai Xidmətlər Mərkəzi",
    "en": "Nusantara City Public Service Hall",
    "ru": "Центр государственных услуг города Нусантара",
}
WAYS = {"3": Way("left"), "2": Way("left"), "11": Way("up"), "12": Way("up"), "14": Way("right"), "21": Way("right")}
CALLS = (
    ("B1003", "11", "imigrasi", 33),
    ("A013", "3", "dukcapil", 29),
    ("D117", "9", "polres", 26),
    ("L009", "14", "bpn", 21),
    ("K021", "7", "pajak", 17),
    ("B1004", "12", "imigrasi", 12),
    ("A014", "2", "dukcapil", 9),
    ("H003", "21", "bpjs-tk", 6),
    ("D118", "9", "polres", 4),
    ("B015", "11", "imigrasi", 0),
    ("A015", "3", "dukcapil", 0),
)
"""Number, counter, agency, minutes ago."""
BURST = (("K022", "7", "pajak", 0), ("L010", "14", "bpn", 0), ("D119", "9", "polres", 0))
MESSAGE = {
    "id": "Siapkan KTP asli Anda.",
    "az": "Şəxsiyyət vəsiqənizi hazır saxlayın.",
    "en": "Please have your identity card ready.",
    "ru": "Приготовьте, пожалуйста, удостоверение личности.",
}
CHOICES = {
    "waiting": Choice(waiting=True),
    "next": Choice(next_up=True),
    "message": Choice(messages=(MESSAGE,)),
    "code": Choice(address="http://192.0.2.1:8080"),
}


def face(language: str, state: str) -> Face:
    """The hall, described in a state, speaking a language first."""
    return Face(
        NAME,
        AGENCIES,
        (language, "id" if language == "en" else "en"),
        ZoneInfo("Asia/Jakarta"),
        short=SHORT,
        ways=WAYS,
        rest=Refusal("break", opens=NOW.replace(hour=13, minute=0)) if state == "paused" else None,
        waiting=(("dukcapil", 23), ("imigrasi", 9), ("bpjs-tk", 4), ("pajak", 1)),
        next_up=("A016", "B016", "A017", "H004"),
    )


def sample(state: str, language: str, rules: Rules, turn: int = 0) -> View:
    """The view of one state in one language, so many turns of language and page later."""
    chosen = {"empty": (), "one": CALLS[-1:], "burst": CALLS + BURST}.get(state, CALLS)
    calls = tuple(
        BoardCall(sequence, TicketId(sequence), number, counter, "a", agency, NOW - timedelta(minutes=minutes), 1)
        for sequence, (number, counter, agency, minutes) in enumerate(chosen, 1)
    )
    quiet = state in ("stale", "paused", *CHOICES)
    looked_at = NOW + timedelta(minutes=2) if quiet else NOW
    board = Board(len(calls), NOW, calls[::-1])
    health = {"stale": Health.STALE, "lost": Health.LOST}.get(state, Health.LIVE)
    read_at = NOW - timedelta(minutes=3) if state == "lost" else NOW
    stage = advance(Stage(sequence=1), board, looked_at, 0.0, rules)  # of a board that has been running
    described = face(language, state)
    choice = CHOICES.get(state, Choice())
    return derive(described, stage, NOW + turn * timedelta(seconds=choice.turn), read_at, health, choice)
