"""`python -m counter`: serves the hall in a browser until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import gc
import resource
import signal
import socket
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from assets.words import N_, say
from counter.app import app
from hall import Fault, Hall
from hall.settings import Settings, load

GRACE = 2
"""Seconds an answer under way is waited for at the end; streams end at once."""

TURN = 0.0005
"""Seconds a thread may compute before another has its turn: an answer passes through four or five turns, and a look for
two thousand phones is under way beside it.
"""


def main() -> int:
    """Serve; 0 after a clean end, 3 when it could not start."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(0))
    try:
        settings = load()
        with Hall.open(settings.hall, always_open=settings.always_open, create=False) as hall:
            _serve(hall, settings)
    except Fault as fault:
        print(fault, file=sys.stderr)  # noqa: T201
        return 3
    return 0


class Server(uvicorn.Server):
    """Says when it is ready, and lets the event streams go at once when it is told to stop."""

    def __init__(self, app: FastAPI, address: str, *, announce: bool) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,
                log_level="warning",
                lifespan="on",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._app = app
        self._address = address
        self._announce = announce
        self.ended: Fault | None = None
        """Why it ended by itself."""
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        told = (
            f"ready {self._address}" if self._announce else say("en", N_("In a browser: {url}"), {"url": self._address})
        )
        print(told, flush=True)  # noqa: T201

    def end(self, fault: Fault) -> None:
        """The queue was taken away and does not come back to this process: end, to be started again. Any thread."""
        self.ended = fault
        self.should_exit = True
        if self._loop:
            self._loop.call_soon_threadsafe(self._app.state.office.watch.close)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Told to stop."""
        super().handle_exit(sig, frame)
        if self._loop:
            self._loop.call_soon_threadsafe(self._app.state.office.watch.close)


def _serve(hall: Hall, settings: Settings) -> None:
    # Each phone holds a connection; the usual limit of 1,024 would shut the staff out with them.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    host, port = settings.counter.host, settings.counter.port
    try:
        served = app(hall, settings)
        listening = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048
        )
    except OSError as error:
        raise Fault("room_failed", room="counter", problem=f"{host}:{port}: {error.strerror or error}") from error
    # asyncio sets this only on sockets made with IPPROTO_TCP, which this one is not; without it answers are 40 ms late.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # uvicorn raises the signal again once it has ended; that must not make a clean end look like a kill.
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: None)
    shown = f"[{host}]" if ":" in host else host
    announce = "--announce" in sys.argv[1:]
    sys.setswitchinterval(TURN)
    gc.freeze()  # what was made at the start stays: no collection need look through it again
    server = Server(served, f"http://{shown}:{listening.getsockname()[1]}", announce=announce)
    served.state.office.gone = server.end
    server.run(sockets=[listening])
    if server.ended is not None:
        raise server.ended


if __name__ == "__main__":
    sys.exit(main())
