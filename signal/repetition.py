"""A repetition, what was measured of it, and what was found not to be one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repetition:
    """One eccentric and one concentric phase. Times are on the recording's own clock.

    On a bar the linear figures are set and the angular ones None; on thigh or shank it is the
    other way round. Velocity loss is never stored: it is derived from the reps of the set.
    """

    number: int
    eccentric_start_s: float | None
    """None where the set begins with the concentric phase or the recording cut it off."""
    concentric_start_s: float
    concentric_end_s: float
    mean_velocity_mps: float | None
    """Height gained over the time between the turning points of the concentric phase (MV)."""
    mean_velocity_sd_mps: float | None
    """One standard deviation of the measurement error of MV."""
    mean_propulsive_velocity_mps: float | None
    """Mean until acceleration first falls under -9.81 m/s² (science.md section 1)."""
    peak_velocity_mps: float | None
    rom_m: float | None
    mean_angular_velocity_dps: float | None
    mean_angular_velocity_sd_dps: float | None
    rom_deg: float | None
    eccentric_s: float | None
    bottom_pause_s: float | None
    top_pause_s: float | None
    doubt: str | None = None
    """Why this rep is doubtful, in words for the screen; None when it is not."""

    @property
    def concentric_s(self) -> float:
        """Duration of the concentric phase, s."""
        return self.concentric_end_s - self.concentric_start_s

    @property
    def doubtful(self) -> bool:
        """A doubtful rep counts, and says so."""
        return self.doubt is not None

    @property
    def speed(self) -> float:
        """The velocity that loss and RIR use: MV in m/s on a bar, angular in °/s on a limb."""
        value = (
            self.mean_velocity_mps if self.mean_velocity_mps is not None else self.mean_angular_velocity_dps
        )
        assert value is not None
        return value


@dataclass(frozen=True, slots=True)
class Rejected:
    """A movement that is no repetition."""

    start_s: float
    end_s: float
    reason: str
    """unrack, walkout, pick-up, rerack, steps, attempt, cut off, bounce, loading, drift, irregular ..."""
