"""A visitor's screens and the server before them: who may look, and that Live follows through the log."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from screens import simulated
from textual.pilot import Pilot

from hardset.tracker.kept_session import kept_session
from hardset.tracker.training.log import Log
from hardset.tui.desk import Desk
from hardset.tui.watching import WatchingApp

Drive = Callable[..., None]


def test_a_visitor_follows_the_set_of_another_process(drive: Drive, tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    samples, lift = simulated()
    with Log.open(path):
        pass
    session = kept_session(path, "", lift.exercise, lift.placement, load_kg=100.0)
    session.connected(0.0, "WT901BLE67", "witmotion", 200.0)
    brought = samples.slice(0, 200 * 20)

    async def follow(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, WatchingApp)

        def bring() -> None:
            session.feed(brought, float(brought.time_s[-1]))
            session._keeper.flush()

        await asyncio.to_thread(bring)
        while app.live is None or len(app.live.board.reps) < 2:
            await pilot.pause(0.05)
        assert app.live.lift.exercise is lift.exercise
        assert app.live.lift.load_kg == 100.0
        keys = {binding.binding.action for binding in app.screen.active_bindings.values() if binding.enabled}
        assert not keys & {"begin_set", "end_set", "felt", "failed", "undo", "lift"}
        await asyncio.to_thread(session.finish, float(brought.time_s[-1]))
        while app.live.board.ended is None:
            await pilot.pause(0.05)

    drive(WatchingApp(Desk(path=path, watching=True)), follow)
    with Log.open(path) as log:
        assert len(log.history().sets) == 1  # the other's, once


class Served:
    """`hardset serve` in a process of its own."""

    def __init__(self, folder: Path, host: str) -> None:
        with Log.open(folder / "log.db"):
            pass
        with socket.socket() as one:
            one.bind((host, 0))
            self.port = int(one.getsockname()[1])
        command = [sys.executable, "-u", "-m", "hardset.tracker.cli", "serve", "--db", str(folder / "log.db")]
        command += ["--host", host, "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = ""
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                self.address = found[0]
                break
        self._listens(host)

    def _listens(self, host: str) -> None:
        """The address is told a moment before it is listened on."""
        for _ in range(400):
            try:
                socket.create_connection((host, self.port), 5).close()
            except ConnectionRefusedError:
                time.sleep(0.02)
            else:
                return

    def end(self) -> int:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)
        return self.process.returncode


def answer(address: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, page, cookie that was set."""
    asked = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(asked, timeout=20) as told:
            return told.status, told.read().decode(), told.headers.get("Set-Cookie", "")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), ""


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is this computer only on Linux")
def test_outside_this_computer_only_who_knows_the_token_may_look(tmp_path: Path) -> None:
    pytest.importorskip("textual_serve")
    served = Served(tmp_path, "127.0.0.2")
    try:
        plain = f"http://127.0.0.2:{served.port}/"
        status, words, _ = answer(plain)
        assert (status, "token" in words) == (403, True)
        assert answer(plain + "?token=guessed")[0] == 403
        status, page, cookie = answer(served.address)
        assert status == 200
        assert "width=device-width" in page
        assert "HttpOnly" in cookie
        assert answer(plain, cookie.split(";")[0])[0] == 200
    finally:
        served.end()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process")
def test_by_default_only_this_computer_is_served(tmp_path: Path) -> None:
    pytest.importorskip("textual_serve")
    served = Served(tmp_path, "127.0.0.1")
    try:
        assert "token" not in served.address
        assert answer(served.address)[0] == 200
        with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", served.port), 5):
            pass
    finally:
        assert served.end() == 0
