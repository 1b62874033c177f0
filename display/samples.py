"""A hall that never was, for pictures of the board: fixed calls at a fixed time, names as long as real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from display.stage import Rules, Stage, advance
from display.views import Face, View, derive
from hall.board import Board, BoardCall
from hall.tickets import TicketId

STATES = ("empty", "one", "many", "lost")
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
NAME = {
    "id": "Mal Pelayanan Publik Kota Nusantara",
    "az": "Nusantara şəhəri İctimai Xidmətlər Mərkəzi",
    "en": "Nusantara City Public Service Hall",
    "ru": "Центр государственных услуг города Нусантара",
}
CALLS = (
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


def sample(state: str, language: str, rules: Rules) -> View:
    """The view of one state in one language."""
    face = Face(NAME, AGENCIES, (language, "id" if language == "en" else "en"), ZoneInfo("Asia/Jakarta"))
    chosen = {"empty": (), "one": CALLS[-1:]}.get(state, CALLS)
    calls = tuple(
        BoardCall(sequence, TicketId(sequence), number, counter, "a", agency, NOW - timedelta(minutes=minutes), 1)
        for sequence, (number, counter, agency, minutes) in enumerate(chosen, 1)
    )
    board = Board(len(calls), NOW, calls[::-1])
    lost = state == "lost"
    return derive(face, advance(Stage(), board, NOW, 0.0, rules), NOW, NOW - timedelta(minutes=3 * lost), lost)
