"""The demonstration in a real terminal: whatever ends it, the terminal is as before and nothing is left."""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

IN_ORDER = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l")
"""Back from the alternate screen, the cursor shown, the mouse let go."""
SIZES = ((24, 80), (10, 40), (50, 200), (30, 50))
LONGEST_S = 60.0


class Terminal:
    """`hardset demo` on a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        import pty

        self.seen = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TMPDIR=str(folder), TERM="xterm-256color")
            os.execv(sys.executable, [sys.executable, "-m", "hardset.tracker.cli", "demo", "--speed", "16"])

    def resize(self, rows: int, columns: int) -> None:
        import fcntl
        import termios

        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: bytes) -> None:
        os.write(self._fd, keys)

    def read_until(self, words: bytes | None) -> None:
        """Until something was seen, or with None until the end."""
        begin = len(self.seen)
        while words is None or words not in self.seen[begin:]:
            assert select.select([self._fd], [], [], LONGEST_S)[0], self.seen[-500:]
            try:
                more = os.read(self._fd, 65536)
            except OSError:
                more = b""
            if not more:
                assert words is None, self.seen[-500:]
                return
            self.seen += more

    def ended(self) -> int:
        """How it ended."""
        self.read_until(None)
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._fd)
        return code


@pytest.mark.parametrize("way", ["q", "ctrl-c", "told to end"])
def test_leaving_in_the_middle_of_a_set(tmp_path: Path, way: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.resize(*SIZES[0])
    terminal.read_until(b"reps left")
    assert list(tmp_path.iterdir())  # the log that is thrown away
    terminal.read_until(b"so far")  # a rep has been told
    for size in SIZES:
        terminal.resize(*size)
        terminal.read_until(b"\x1b[")
    if way == "told to end":
        os.kill(terminal.pid, signal.SIGTERM)
    else:
        terminal.type(b"q" if way == "q" else b"\x03")
    assert terminal.ended() == 0
    at = [terminal.seen.rfind(one) for one in IN_ORDER]
    assert at == sorted(at)
    assert at[0] > 0
    assert b"Traceback" not in terminal.seen
    # (a bell that a "stop" rang in the last moment may still come)
    assert not terminal.seen[at[0] + len(IN_ORDER[0]) :].strip(b"\x1b[?0123456789hl\a")
    assert not list(tmp_path.iterdir())


def test_leaving_before_anything_is_painted(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.read_until(b"\x1b[?1049h")
    terminal.type(b"\x03")
    assert terminal.ended() in (0, 130)
    assert terminal.seen.rfind(IN_ORDER[0]) > 0
    assert b"Traceback" not in terminal.seen
    assert not list(tmp_path.iterdir())
