"""`antrean run`: starts the rooms, starts again one that dies, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assets import ROOT
from hall import Hall
from tests.halls import described

PATIENCE = 20.0

STEADY = (
    "import signal\nasked = {signal.SIGTERM, signal.SIGINT}\nsignal.pthread_sigmask(signal.SIG_BLOCK, asked)\n"
    "tell('up')\nsignal.sigwait(asked)\ntell('leaving')\n"
)
STUBBORN = (
    "import signal\nfor one in (signal.SIGTERM, signal.SIGINT):\n    signal.signal(one, signal.SIG_IGN)\n"
    "tell('up')\nwhile True:\n    signal.pause()\n"
)
MORTAL = "tell('up')\nsys.exit(7)\n"
PARENT = (
    "import signal, subprocess\nchild = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
    "tell(f'child {child.pid}')\ntell('up')\nsignal.pause()\n"
)
"""It leaves its own child running."""
MORTAL_PARENT = (
    "import subprocess\nchild = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
    "tell(f'child {child.pid}')\ntell('up')\nsys.exit(7)\n"
)
_FIRST = (
    "import os, sys\n"
    "def tell(what):\n"
    "    pipe = os.open(os.environ['ROOMS_TOLD'], os.O_WRONLY)\n"
    "    os.write(pipe, f'{__spec__.name} {os.getpid()} {what}\\n'.encode())\n"
    "    os.close(pipe)\n"
)
_DRIVER = """
import os, sys
from hall import rooms
rooms.LONGEST_WAIT, rooms._STOP_SECONDS = {longest}, {stop}
house = rooms.Rooms(sys.argv[1:], os.environ, lambda *said: print(*said, flush=True))
for room in house._rooms:
    room.wait = {first}
house.run(lambda: print("ready", flush=True))
print("over", flush=True)
"""


class House:
    """Fake rooms in a folder that tell what they do through a pipe, and the process that runs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.lines: list[tuple[str, int, str]] = []
        os.mkfifo(folder / "told")
        self._pipe = os.open(folder / "told", os.O_RDWR)
        self._rest = {self._pipe: b""}

    def close(self) -> None:
        """Nothing is left running, whatever the test did."""
        self._take(0)
        for process in self.processes:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        for pid in {pid for _, pid, _ in self.lines} | set(self.children()):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        os.close(self._pipe)

    def room(self, name: str, code: str) -> None:
        (self.folder / f"{name}.py").write_text(_FIRST + code)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ANTREAN_")}
        kept["QT_QPA_PLATFORM"] = "offscreen"  # rooms with windows are not refused for want of a screen
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,  # `-m` looks here first, so that these rooms are found and not the real ones
            env={
                **kept,
                "ANTREAN_LANGUAGE": "en",
                "PYTHONPATH": f"{self.folder}:{ROOT.parent}",
                "ROOMS_TOLD": str(self.folder / "told"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.processes.append(process)
        return process

    def drive(
        self, *rooms: str, first: float = 0.02, longest: float = 0.1, stop: float = 5.0
    ) -> subprocess.Popen[bytes]:
        return self.start("-c", _DRIVER.format(first=first, longest=longest, stop=stop), *rooms)

    def run(self, *rooms: str) -> subprocess.Popen[bytes]:
        """The real command."""
        with Hall.open(self.folder / "q.db") as hall:
            hall.load_catalogue(described(self.folder / "hall.toml"))
        chosen = [word for room in rooms for word in ("--room", room)]
        return self.start("-m", "hall", "--hall", "q.db", "run", *chosen)

    def told(self, what: str) -> list[tuple[str, int]]:
        """Room and process of every time it was told."""
        self._take(0)
        return [(name, pid) for name, pid, said in self.lines if said == what]

    def pids(self) -> list[int]:
        """Of every room that ever came up."""
        return [pid for _, pid in self.told("up")]

    def children(self) -> list[int]:
        """Of what the rooms started."""
        return [int(said.removeprefix("child ")) for _, _, said in self.lines if said.startswith("child ")]

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until what the rooms told makes it true."""
        while not condition():
            assert self._take(PATIENCE), f"it never came; told: {self.lines}"

    def heard(self, process: subprocess.Popen[bytes], count: int) -> list[str]:
        """So many lines of its output."""
        assert process.stdout is not None
        lines: list[str] = []
        while len(lines) < count:
            more = self._lines(process.stdout.fileno(), PATIENCE, most=count - len(lines))
            assert more, f"only {lines}"
            lines += more
        return lines

    def _take(self, seconds: float) -> bool:
        """Whether a room told something within so many seconds."""
        lines = self._lines(self._pipe, seconds)
        for line in lines:
            name, pid, said = line.split(" ", 2)
            self.lines.append((name, int(pid), said))
        return bool(lines)

    def _lines(self, handle: int, seconds: float, most: int = 1_000_000) -> list[str]:
        rest = self._rest.get(handle, b"")
        while b"\n" not in rest and select.select([handle], [], [], seconds)[0]:
            if not (more := os.read(handle, 65536)):
                break
            rest += more
        while select.select([handle], [], [], 0)[0] and handle == self._pipe:
            rest += os.read(handle, 65536)
        whole, _, _ = rest.rpartition(b"\n")
        lines = whole.split(b"\n")[:most] if whole else []
        self._rest[handle] = rest[sum(len(line) + 1 for line in lines) :]
        return [line.decode() for line in lines]


def alive(pid: int, seconds: float = 0.0) -> bool:
    """Still running when so many seconds have passed."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        return not select.select([handle], [], [], seconds)[0]
    finally:
        os.close(handle)


def gone(pid: int) -> bool:
    """It ends, at the latest after a while."""
    return not alive(pid, PATIENCE)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


# -- starting again ----------------------------------------------------------------------------------------------------


def test_a_room_that_dies_is_started_again_after_a_growing_wait(house: House) -> None:
    house.room("kiosk", MORTAL)
    process = house.drive("kiosk")
    said = house.heard(process, 6)
    assert said == ["ready", *(f"kiosk 7 {wait}" for wait in ("0.02", "0.04", "0.08", "0.1", "0.1"))]
    house.until(lambda: len(house.told("up")) >= 6)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def test_a_room_that_is_killed_is_started_again_and_its_neighbours_are_left_alone(house: House) -> None:
    house.room("kiosk", STEADY)
    house.room("display", STEADY)
    process = house.drive("kiosk", "display")
    house.until(lambda: len(house.told("up")) == 2)
    first = dict(house.told("up"))
    os.kill(first["kiosk"], signal.SIGKILL)
    house.until(lambda: len(house.told("up")) == 3)
    assert house.heard(process, 2) == ["ready", "kiosk -9 0.02"]
    again = house.told("up")[-1]
    assert again[0] == "kiosk"
    assert again[1] != first["kiosk"]
    assert alive(first["display"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert not any(map(alive, house.pids()))


def test_a_room_that_cannot_start_at_all_does_not_stop_the_others(house: House) -> None:
    house.room("kiosk", "syntax error(\n")
    house.room("display", STEADY)
    process = house.drive("kiosk", "display")
    house.until(lambda: house.told("up"))
    (steady,) = house.pids()
    while "kiosk 1 0.04" not in house.heard(process, 1):
        pass
    assert alive(steady)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


# -- stopping ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_stops_every_room_and_leaves_none_behind(house: House, how: signal.Signals) -> None:
    for name in ("printer", "counter", "kiosk", "display"):
        house.room(name, STEADY)
    process = house.run()
    house.until(lambda: len(house.told("up")) == 4)
    process.send_signal(how)
    assert process.wait(PATIENCE) == 0
    assert sorted(name for name, _ in house.told("leaving")) == ["counter", "display", "kiosk", "printer"]
    assert not any(map(alive, house.pids()))
    assert process.stdout is not None
    assert process.stdout.read() == b""


def test_a_room_that_will_not_go_is_killed(house: House) -> None:
    house.room("kiosk", STUBBORN)
    house.room("display", STEADY)
    process = house.drive("kiosk", "display", stop=1)
    house.until(lambda: len(house.told("up")) == 2)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert [name for name, _ in house.told("leaving")] == ["display"]
    assert not any(map(alive, house.pids()))


def test_what_a_room_had_started_goes_with_it(house: House) -> None:
    house.room("kiosk", PARENT)
    process = house.drive("kiosk", stop=1)
    house.until(lambda: house.told("up"))
    (child,) = house.children()
    assert alive(child)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert gone(child)


def test_what_a_dead_room_had_started_does_not_pile_up(house: House) -> None:
    house.room("kiosk", MORTAL_PARENT)
    process = house.drive("kiosk")
    house.until(lambda: len(house.told("up")) >= 3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert all(map(gone, house.children()))


def test_asked_to_stop_while_it_waits_to_start_a_room_again_it_stops_at_once(house: House) -> None:
    house.room("kiosk", MORTAL)
    process = house.drive("kiosk", first=1000, longest=1000)
    assert house.heard(process, 2) == ["ready", "kiosk 7 1000"]
    process.send_signal(signal.SIGTERM)
    assert house.heard(process, 1) == ["over"]
    assert process.wait(PATIENCE) == 0


def test_asked_to_stop_twice_it_still_ends_well(house: House) -> None:
    house.room("kiosk", STEADY)
    process = house.drive("kiosk")
    house.until(lambda: house.told("up"))
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert not any(map(alive, house.pids()))


def test_killed_without_a_word_it_leaves_no_room_behind(house: House) -> None:
    for name in ("printer", "counter", "kiosk", "display"):
        house.room(name, STEADY)
    process = house.run()
    house.until(lambda: len(house.told("up")) == 4)
    process.kill()
    process.wait()
    assert all(map(gone, house.pids()))


def test_killed_without_a_word_it_leaves_not_even_a_stubborn_room_behind(house: House) -> None:
    house.room("kiosk", STUBBORN)
    process = house.drive("kiosk")
    house.until(lambda: house.told("up"))
    process.kill()
    process.wait()
    (stubborn,) = house.pids()
    assert not alive(stubborn, 8)  # longer than a room is given to go


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_says_in_words_that_a_room_ended_and_when_it_starts_again(house: House) -> None:
    house.room("display", MORTAL)
    process = house.run("display")
    said = house.heard(process, 2)
    assert said == [f"display ended (status 7); it starts again in {wait} s." for wait in ("0.5", "1")]
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def test_only_the_rooms_asked_for_are_started_and_they_get_the_same_settings(house: House) -> None:
    house.room("kiosk", "import os\ntell('hall ' + os.environ['ANTREAN_HALL'])\n" + STEADY)
    house.room("display", STEADY)
    process = house.run("kiosk")
    house.until(lambda: house.told("up"))
    assert [name for name, _ in house.told("hall q.db")] == ["kiosk"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert {name for name, _ in house.told("up")} == {"kiosk"}


@pytest.mark.parametrize("room", ["printer", "counter", "kiosk", "display"])
def test_a_room_can_be_run_alone_and_its_status_is_the_commands(house: House, room: str) -> None:
    house.room(room, MORTAL)
    process = house.start("-m", "hall", "--hall", "q.db", room)
    assert process.wait(PATIENCE) == 7
    assert [name for name, _ in house.told("up")] == [room]
