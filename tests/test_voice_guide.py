"""Guidance at a kiosk: said at once, silenced by the next, said again, and never in the way."""

import queue
import sys
import threading
from array import array
from collections.abc import Iterator

import pytest

from assets.voice.engine import Engine
from assets.voice.guide import Guide
from assets.voice.player import NoSoundError
from assets.voice.speech import Speech

PATIENCE = 20.0


class Ear:
    """A player that holds each sound until it is stopped or let go."""

    def __init__(self) -> None:
        self.begun: queue.Queue[array[int]] = queue.Queue()
        self.ended: queue.Queue[str] = queue.Queue()
        self.go_on = threading.Event()
        self.broken = False

    def play(self, sound: "array[int]", volume: float, name: str, stopped: threading.Event) -> None:  # noqa: ARG002
        if self.broken:
            raise NoSoundError("no device")
        self.begun.put(sound)
        while not stopped.wait(0.001):
            if self.go_on.is_set():
                self.ended.put("heard")
                return
        self.ended.put("stopped")


class Scene:
    """A guide, who listens, and what it complained of."""

    def __init__(self, engine: Engine) -> None:
        self.ear = Ear()
        self.complaints: queue.Queue[str] = queue.Queue()
        self.guide = Guide(Speech(engine=engine), self.ear, self.complaints.put)

    def heard(self) -> "array[int]":
        return self.ear.begun.get(timeout=PATIENCE)

    def end(self) -> str:
        return self.ear.ended.get(timeout=PATIENCE)


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene(Engine())
    yield scene
    scene.guide.close()


def test_a_text_is_said_to_its_end(scene: Scene) -> None:
    scene.guide.say("Please choose a language.", "en")
    scene.heard()
    scene.ear.go_on.set()
    assert scene.end() == "heard"


def test_the_next_text_silences_the_one_before(scene: Scene) -> None:
    scene.guide.say("Please choose a language.", "en")
    long = scene.heard()
    scene.guide.say("Yes.", "en")
    assert scene.end() == "stopped"
    assert len(scene.heard()) < len(long)


def test_it_can_be_said_again(scene: Scene) -> None:
    scene.ear.go_on.set()
    scene.guide.say("Silakan pilih bahasa.", "id")
    first = scene.heard()
    assert scene.end() == "heard"
    scene.guide.again()
    assert abs(len(scene.heard()) - len(first)) < len(first) / 10


def test_it_falls_silent_when_asked_and_can_speak_again(scene: Scene) -> None:
    scene.guide.again()
    scene.guide.say("Please choose a language.", "en")
    scene.heard()
    scene.guide.stop()
    assert scene.end() == "stopped"
    scene.guide.again()
    scene.heard()


def test_without_a_device_it_complains_once_and_goes_on(scene: Scene) -> None:
    scene.ear.go_on.set()
    scene.ear.broken = True
    for _ in range(3):
        scene.guide.say("Yes.", "en")
    assert scene.complaints.get(timeout=PATIENCE) == "no device"
    scene.ear.broken = False
    scene.guide.say("Yes.", "en")
    scene.heard()
    assert scene.complaints.empty()


def test_without_an_engine_it_complains_and_goes_on() -> None:
    scene = Scene(Engine((sys.executable, "-c", "")))
    scene.guide.say("Yes.", "en")
    assert "speech engine failed" in scene.complaints.get(timeout=PATIENCE)
    scene.guide.close()
