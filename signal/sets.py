"""A set: its repetitions, what was rejected, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from hardset.signal.repetition import Rejected, Repetition


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """Repetitions that belong together, and the movements around them that are none."""

    number: int
    start_s: float
    end_s: float
    reps: tuple[Repetition, ...]
    rejected: tuple[Rejected, ...]

    @property
    def failed_attempt(self) -> bool:
        """True when the last movement was a rep that did not reach the top: evidence of RIR 0."""
        last = self.reps[-1].concentric_end_s if self.reps else self.start_s
        return any(r.reason == "attempt" and r.end_s > last for r in self.rejected)

    @property
    def velocity_loss_pct(self) -> float | None:
        """100·(fastest rep of this set - last rep)/fastest rep of this set; None without reps."""
        losses = self.velocity_losses_pct
        return losses[-1] if losses else None

    @property
    def velocity_losses_pct(self) -> tuple[float, ...]:
        """Velocity loss after each rep, against the fastest rep *so far in this set*, percent."""
        fastest = 0.0
        losses: list[float] = []
        for rep in self.reps:
            fastest = max(fastest, rep.speed)
            losses.append(100.0 * (fastest - rep.speed) / fastest if fastest > 0 else 0.0)
        return tuple(losses)
