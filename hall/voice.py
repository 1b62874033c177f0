"""The voice for the technician of a hall: what to record, and how a call sounds. Boards speak by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assets import sounds
from assets.voice.engine import VoiceError
from assets.voice.phrases import Style, announcement
from assets.voice.player import write_wav
from assets.voice.recording import Clip, record_list
from assets.voice.speech import Speech
from hall.catalogue import Catalogue, named
from hall.errors import Fault
from hall.settings import DisplaySettings


def to_record(catalogue: Catalogue, display: DisplaySettings, language: str | None = None) -> list[Clip]:
    """Every clip that the calls of a hall are made of, in one language or in all of the hall's."""
    series = sorted({service.series for service in catalogue.services.values()})
    zones = list(catalogue.zones.values()) if display.voice_zone else []
    return [
        clip
        for spoken in ([language] if language else catalogue.languages)
        for clip in record_list(
            spoken,
            series,
            catalogue.counters,
            [named(zone.name, spoken) for zone in zones],
            Style(display.voice_numbers),
        )
    ]


def write_call(
    display: DisplaySettings,
    number: str,
    counter: str,
    language: str,
    file: Path,
    complain: Callable[[str], None],
    *,
    short: bool = False,
) -> float:
    """Make a call as WAV, without the chime; how many seconds it takes. Fault voice_failed; OSError: the file."""
    speech = Speech(display.voice_clips, complain)
    try:
        said = announcement(number, counter, language, style=Style(display.voice_numbers), short=short)
        sound = speech.sound(said, language)
    except VoiceError as error:
        raise Fault("voice_failed", problem=str(error)) from error
    finally:
        speech.engine.close()
    write_wav(file, sound)
    return len(sound) / sounds.RATE
