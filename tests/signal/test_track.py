"""The movement that is given with a set is the one its reps were measured on."""

from __future__ import annotations

import numpy as np
import pytest

from hardset.signal.analysis import analyse
from hardset.signal.exercise import Placement
from hardset.tracker.simulation import SetPlan, simulate
from hardset.tracker.training.catalogue import exercise


@pytest.mark.parametrize(
    ("lift", "placement"),
    [
        ("back_squat", Placement.BAR),
        ("barbell_curl", Placement.BAR),
        ("leg_extension", Placement.SHANK),
    ],
)
def test_range_and_velocity_of_each_rep_can_be_read_off_the_track(lift: str, placement: Placement) -> None:
    samples = simulate(SetPlan(lift, reps=6, rir_at_end=1, placement=placement.value), 4).samples
    found = analyse(samples, exercise=exercise(lift).signal_at(placement), placement=placement)
    (one,), (track,) = found.sets, found.tracks
    assert track.by_angle is placement.rotates
    for rep in one.reps:
        low, high = np.interp([rep.concentric_start_s, rep.concentric_end_s], track.time_s, track.position)
        rom = rep.rom_deg if track.by_angle else rep.rom_m
        assert rom is not None
        assert high - low == pytest.approx(rom, abs=1e-6)
        assert (high - low) / rep.concentric_s == pytest.approx(rep.speed, rel=1e-6)
    # Velocity is the derivative of position: the trapezoids of one add up to the other.
    gained = np.concatenate([[0.0], np.cumsum(0.5 * (track.velocity[1:] + track.velocity[:-1]) * 0.01)])
    moved = track.position - track.position[0]
    assert np.abs(gained - moved).max() < 0.02 * np.ptp(track.position)
    # A little of the time around the set belongs to it, not the whole recording.
    assert track.time_s[0] < one.start_s
    assert track.time_s[-1] > one.end_s
    assert track.time_s.size < 100 * (one.end_s - one.start_s + 20)
