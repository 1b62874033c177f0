"""Settings out of a file and the environment, and mistakes in either said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hall import Fault
from hall.settings import KioskSettings, Settings, SlipSettings, load


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no antrean.toml of ours lies."""
    monkeypatch.chdir(tmp_path)


def written(text: str) -> dict[str, str]:
    Path("antrean.toml").write_text(text, "utf-8")
    return {}


def wrong(environ: dict[str, str]) -> str:
    """The one sentence about a mistake."""
    with pytest.raises(Fault) as fault:
        load(environ)
    said = fault.value.said()
    assert fault.value.code == "bad_settings"
    assert said.startswith("The settings are wrong: ")
    assert "\n" not in said
    return said


def test_without_a_file_everything_has_a_default() -> None:
    settings = load({})
    assert settings == Settings()
    assert (settings.hall, settings.always_open, settings.kiosk.width) == ("sqlite:///var/queue.db", False, 1080)
    assert settings.printers["main"].device == "paper"


def test_the_file_in_the_folder_is_read() -> None:
    text = 'hall = "q.db"\nalways_open = true\n[kiosk]\nwidth = 1920\nprinter = "desk"\n'
    text += '[printers.desk]\ndevice = "network"\nhost = "p"\n'
    settings = load(written(text))
    assert (settings.hall, settings.always_open) == ("q.db", True)
    assert (settings.kiosk.width, settings.kiosk.height) == (1920, 1920)
    assert set(settings.printers) == {"desk"}
    assert settings.printers["desk"].port == 9100


def test_another_file_can_be_named() -> None:
    Path("other.toml").write_text('hall = "other.db"\n')
    assert load({"ANTREAN_SETTINGS": "other.toml"}).hall == "other.db"


def test_the_environment_wins_over_the_file() -> None:
    written('hall = "q.db"\nalways_open = false\n[counter]\nport = 8000\nhost = "0.0.0.0"\n')
    settings = load({"ANTREAN_HALL": "e.db", "ANTREAN_ALWAYS_OPEN": "1", "ANTREAN_COUNTER_PORT": "9000"})
    assert (settings.hall, settings.always_open) == ("e.db", True)
    assert (settings.counter.port, settings.counter.host) == (9000, "0.0.0.0")  # noqa: S104 - only read


def test_a_hall_s_own_slip_is_named_in_the_file_or_the_environment() -> None:
    assert load({}).slip == SlipSettings(None, None)
    written('[slip]\ntemplate = "slip.toml"\nlogo = "logo.png"\n')
    assert load({}).slip == SlipSettings(Path("slip.toml"), Path("logo.png"))
    assert load({"ANTREAN_SLIP_LOGO": "other.png"}).slip.logo == Path("other.png")


@pytest.mark.parametrize("name", KioskSettings.__struct_fields__)
def test_every_key_of_a_room_can_come_from_the_environment(name: str) -> None:
    values = {
        "palette": "dark",
        "fullscreen": "false",
        "printer": "",
        "spare": "",
        "large_slips": "true",
        "name": "kiosk-2",
        "pin": "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
        "saver_turn": "30",
        "speech_key": "F15",
        "repeat_key": "F16",
        "silence_key": "",
        "volume": "0.5",
    }
    environ = {f"ANTREAN_KIOSK_{name.upper()}": values.get(name, "777")}
    assert str(getattr(load(environ).kiosk, name)).lower().removesuffix(".0") == values.get(name, "777").lower()


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ('[kiosk]\nspare = "desk"\n', "kiosk.spare: there is no [printers.desk]"),
        ('[kiosk]\nspeech_key = "F36"\n', "kiosk.speech_key: "),
        ('[kiosk]\nspare = "main"\n', "kiosk.spare: it is the same printer"),
        ('[printers.main]\ndevice = "network"\n', "printers.main.host: a network printer needs it"),
        ('[printers.main]\ndevice = "serial"\n', "printers.main.path: a serial printer needs it"),
        ('[printers.main]\ndevice = "usb"\nusb = "epson"\n', "printers.main.usb:"),
        ("[printers.main]\nbaud = 9601\n", "printers.main.baud:"),
    ],
)
def test_a_printer_that_cannot_be_is_a_mistake(text: str, mistake: str) -> None:
    written(text)
    assert mistake in wrong({})


def test_a_kiosk_that_names_no_printer_there_is_is_a_mistake() -> None:
    assert "[printers.desk]" in wrong({"ANTREAN_KIOSK_PRINTER": "desk"})


def test_a_named_file_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(Fault) as fault:
        load({"ANTREAN_SETTINGS": "nowhere.toml"})
    assert (fault.value.code, fault.value.data["path"]) == ("unreadable_file", "nowhere.toml")
    assert fault.value.said() == "nowhere.toml cannot be read: No such file or directory."


def test_a_folder_instead_of_a_file_is_a_fault() -> None:
    with pytest.raises(Fault) as fault:
        load({"ANTREAN_SETTINGS": "."})
    assert fault.value.code == "unreadable_file"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("hall = \n", "antrean.toml"),
        ("halll = 'x'\n", "halll"),
        ("[kiosk]\nwidht = 3\n", "kiosk.widht"),
        ("[kiosk]\nwidth = 'wide'\n", "kiosk.width"),
        ("[kiosk]\nwidth = 3\n", "kiosk.width"),
        ("[kiosk]\npalette = 'blue'\n", "kiosk.palette"),
        ("[printers.main]\ndevice = 'laser'\n", "printers.main.device"),
        ("[counter]\nport = 99999\n", "counter.port"),
        ("[slip]\nlogo = 3\n", "slip.logo"),
        ("[slip]\ntemplates = 'x'\n", "slip.templates"),
        ("kiosk = 5\n", "kiosk"),
        ("printers = []\n", "printers"),
        ("[display]\nwidth_mm = nan\n", "display.width_mm"),
    ],
)
def test_a_mistake_in_the_file_is_named(text: str, named: str) -> None:
    assert named in wrong(written(text))


def test_several_mistakes_are_all_named() -> None:
    said = wrong(written("[kiosk]\nwidth = 3\nheight = 'tall'\n[counter]\nport = 0\n"))
    assert all(name in said for name in ("kiosk.width", "kiosk.height", "counter.port"))


def test_a_file_that_is_not_text_is_named() -> None:
    Path("antrean.toml").write_bytes(b"\xff\xfe\x00h")
    assert "antrean.toml" in wrong({})


@pytest.mark.parametrize(("name", "value"), [("ANTREAN_COUNTER_PORT", "many"), ("ANTREAN_ALWAYS_OPEN", "perhaps")])
def test_a_mistake_in_the_environment_is_named(name: str, value: str) -> None:
    wrong({name: value})


def test_a_table_that_is_none_is_named_even_when_the_environment_adds_to_it() -> None:
    written("kiosk = 5\n")
    assert "kiosk" in wrong({"ANTREAN_KIOSK_WIDTH": "1080"})


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000], ids=["deep", "long number"])
def test_a_monstrous_file_is_a_mistake_too(text: str) -> None:
    wrong(written(text))


@given(some.dictionaries(some.sampled_from(["HALL", "KIOSK_WIDTH", "ALWAYS_OPEN", "DISPLAY_ZONE"]), some.text()))
def test_whatever_the_environment_says_is_read_or_refused_in_a_sentence(said: dict[str, str]) -> None:
    try:
        load({f"ANTREAN_{name}": value for name, value in said.items()})
    except Fault as fault:
        assert fault.code == "bad_settings"
        assert fault.said()


def test_a_board_shows_one_zone_several_or_all() -> None:
    assert load({}).display.shown_zones == ()
    assert load({"ANTREAN_DISPLAY_ZONE": "a"}).display.shown_zones == ("a",)
    assert load({"ANTREAN_DISPLAY_ZONES": "a, b"}).display.shown_zones == ("a", "b")
    assert load(written('[display]\nzone = "c"\nzones = ["a", "c"]\n')).display.shown_zones == ("c", "a")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("hold_seconds = 2", "hold_seconds"),
        ("turn_seconds = 1", "turn_seconds"),
        ('languages = "mixed"', "languages"),
        ('palette = "pink"', "palette"),
        ('messages = "Hello"', "messages"),
    ],
)
def test_a_board_that_would_flash_or_babble_is_not_taken(line: str, key: str) -> None:
    assert f"display.{key}" in wrong(written(f"[display]\n{line}\n"))


# -- the hall's own theme ----------------------------------------------------------------------------------------------


def test_a_hall_has_a_name_a_logo_a_welcome_and_colours_of_its_own() -> None:
    written(
        '[theme]\nname = { id = "Balai Kota" }\nlogo = "logo.svg"\nwelcome = { id = "Selamat datang" }\n'
        '[theme.light]\naccent = "#1b3a8c"\npressed = "#12275E"\n'
    )
    theme = load({}).theme
    assert theme.named({"id": "Mal", "en": "Hall"}) == {"id": "Balai Kota", "en": "Hall"}
    assert (theme.logo, theme.welcome) == (Path("logo.svg"), {"id": "Selamat datang"})
    assert theme.colours == {"light": {"accent": "#1b3a8c", "pressed": "#12275E"}}
    assert load({"ANTREAN_THEME_LOGO": "other.png"}).theme.logo == Path("other.png")


def test_a_hall_without_a_theme_wears_the_stock() -> None:
    Path("antrean.toml").write_text("", "utf-8")
    theme = load({}).theme
    assert (theme.colours, theme.logo, theme.named({"id": "Mal"})) == ({}, None, {"id": "Mal"})


def test_a_colour_that_cannot_be_read_is_refused_with_both_roles_both_colours_and_the_ratio() -> None:
    said = wrong(written('[theme.light]\non_accent = "#0b4f4b"\n'))
    assert "theme.light: on_accent (#0b4f4b) on accent (#0B4F4A) has a contrast of 1.00:1, and needs 4.5:1" in said


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[theme.light]\naccnt = "#000000"\n', "theme.light.accnt: there is no such colour; there are ground,"),
        ('[theme.dark]\ntext = "white"\n', "theme.dark.text: “white” is no colour such as #0B4F4A"),
        ('[theme.dark]\ntext = "#fff"\n', "theme.dark.text: “#fff”"),
        ("[theme.dark]\ntext = 5\n", "theme.dark"),
        ('[theme.contrast]\ntext = "#000000"\n', "theme.contrast"),
        ('[theme]\nname = { xx = "Hall" }\n', "theme.name.xx: the languages are id, az, en, ru"),
        ('[theme]\nwelcome = { id = " " }\n', "theme.welcome.id: it should have 1 to 200 letters"),
        ("[theme]\nlogo = 3\n", "theme.logo"),
        ("theme = 3\n", "theme"),
    ],
)
def test_a_mistake_in_the_theme_is_named(text: str, named: str) -> None:
    assert named in wrong(written(text))


def test_a_logo_that_is_not_there_does_not_keep_a_room_from_starting() -> None:
    assert load(written('[theme]\nlogo = "nowhere.png"\n')).theme.logo == Path("nowhere.png")
