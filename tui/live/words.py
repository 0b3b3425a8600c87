"""What the Live screen says, as text: no widget, no state."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from hardset.signal.repetition import Repetition
from hardset.signal.rir_answer import FAR
from hardset.tracker.training.records import LoggedSet
from hardset.tracker.training.settings import Settings
from hardset.tui.live.board import Board
from hardset.tui.live.lift import Lift

if TYPE_CHECKING:
    from hardset.signal.rir import RirEstimate
    from hardset.tracker.scoring import ScoredSet

BACK_FOR_S = 6.0
"""So long it is said that the signal is back."""


def speed_words(rep: Repetition) -> str:
    """The velocity of a rep in its own digits: '0.54' m/s, '212' °/s."""
    return f"{rep.speed:.2f}" if rep.mean_velocity_mps is not None else f"{rep.speed:.0f}"


def spread_words(rep: Repetition) -> str:
    """'±0.02 m/s' or '±5 °/s'; the unit alone where the spread is not known."""
    if rep.mean_velocity_mps is not None:
        sd = rep.mean_velocity_sd_mps
        return "m/s" if sd is None else f"±{sd:.2f} m/s"
    sd = rep.mean_angular_velocity_sd_dps
    return "°/s" if sd is None else f"±{sd:.0f} °/s"


def left_figure(rir: RirEstimate) -> str:
    """Reps left in one or two letters: '3', '6+', '?' where it can't be told."""
    if rir.vague:
        return "?"
    return f"{FAR}+" if rir.median >= FAR else str(rir.median)


def left_words(rir: RirEstimate) -> str:
    """The interval: '2 to 5 left'."""
    low, high = round(rir.low80), round(rir.high80)
    top = f"{high} or more" if high >= 10 else str(high)
    return f"{low} left" if str(low) == top else f"{low} to {top} left"


def calibration_words(rir: RirEstimate) -> str:
    """How far the estimate knows this lifter, in two words."""
    return "calibrated" if rir.calibrated else "uncalibrated"


def tempo_words(rep: Repetition) -> str:
    """'tempo 2.1 - 0.0 - 0.9 - 0.4 s': down, pause, up, pause; what is not known is a dash."""
    parts = (rep.eccentric_s, rep.bottom_pause_s, rep.concentric_s, rep.top_pause_s)
    return "tempo " + " · ".join("–" if part is None else f"{part:.1f}" for part in parts) + " s"


def set_words(scored: ScoredSet) -> str:
    """One sentence about a settled set."""
    measured = scored.measured
    count = len(measured.reps)
    if not scored.rir:
        return "no reps"
    last = scored.rir[-1]
    end = "failed: 0 left" if measured.failed_attempt else last.in_words
    return (
        f"{count} rep{'' if count == 1 else 's'}, loss {measured.velocity_loss_pct or 0:.0f} %, {end}, "
        f"hard set {100 * last.p_hard:.0f} %"
    )


def last_time_words(last: LoggedSet | None, settings: Settings) -> str:
    """Last time's set in three short lines; nothing where there is none."""
    if last is None:
        return ""
    load = "" if last.load_kg is None else f"{settings.from_kg(last.load_kg):g} {settings.unit} × "
    lines = [f"last time, {last.at:%d %b}", f"{load}{last.reps}"]
    if last.velocities:
        digits, unit = (0, "°/s") if last.placement in ("thigh", "shank") else (2, "m/s")
        lines.append(f"{last.velocities[0]:.{digits}f} → {last.velocities[-1]:.{digits}f} {unit}")
    return "\n".join([*lines, left_in_log(last)])


def left_in_log(one: LoggedSet) -> str:
    """What the log knows of the reps left at the end of a set: '2 left', 'failed', 'felt: 1 left'."""
    words = []
    if one.failed:
        words.append("failed")
    if one.felt_rir is not None:
        words.append(f"felt {one.felt_rir:g} left")
    elif one.rir_pmf is not None:
        left = next(k for k, p in enumerate(accumulate(one.rir_pmf)) if p >= 0.5 - 1e-9)
        words.append(f"about {left} left")
    return ", ".join(words) or "nothing said of what was left"


def clock_words(seconds: float) -> str:
    """'1:34'."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def sensor_words(board: Board, lift: Lift, *, brief: bool = False, wide: bool = False) -> tuple[str, str]:
    """The sensor strip and its state: good, near or stop."""
    if board.connected is None:
        return "○ no sensor", "quiet"
    name = board.connected.sensor if brief else f"{board.connected.sensor} on the {lift.placement.value}"
    if board.ended is not None:
        return f"○ {name} · ended, {board.ended.received} samples, {board.ended.missing} missing", "quiet"
    if board.lost is not None:
        why = f" ({board.lost.reason})" if wide else ""
        return f"✖ {name} · signal lost{why}: reconnecting, the set goes on", "stop"
    parts = [f"● {name}"]
    state = "good"
    if board.back is not None and board.newest_s - board.back.at_s < BACK_FOR_S:
        parts.append(f"signal back after {board.back.gap_s:.1f} s")
        state = "near"
    status = board.status
    if status is not None:
        parts.append("rate …" if status.rate_hz is None else f"{status.rate_hz:.0f} Hz")
        if status.battery_pct is not None:
            parts.append(f"battery {status.battery_pct:.0f} %")
        parts.append(f"{status.missing} missing")
        if status.repeated and not brief:
            parts.append(f"{status.repeated} repeated")
    return " · ".join(parts), state
