"""The catalogue: complete, in the fixed words, and honest about what nobody knows."""

from __future__ import annotations

import pytest

from hardset.signal.exercise import Exercise, Placement
from hardset.tracker.errors import UnknownExercise
from hardset.tracker.training.catalogue import MUSCLES, SENSOR_SITES, catalogue, exercise

FIXED_IDS = [
    "back_squat",
    "front_squat",
    "bulgarian_split_squat",
    "walking_lunge",
    "leg_press",
    "hack_squat",
    "hip_thrust",
    "leg_extension",
    "lying_leg_curl",
    "seated_leg_curl",
    "romanian_deadlift",
    "deadlift",
    "standing_calf_raise",
    "seated_calf_raise",
    "bench_press",
    "overhead_press",
    "barbell_row",
    "barbell_curl",
    "pull_up",
    "sit_to_stand",
]


def test_it_holds_the_exercises_that_data_and_lifters_use() -> None:
    assert set(FIXED_IDS) <= set(catalogue())
    assert len(catalogue()) == 64


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.id)
def test_each_entry_makes_sense(entry) -> None:
    assert entry.direct
    assert set(entry.direct + entry.indirect) <= set(MUSCLES)
    assert not set(entry.direct) & set(entry.indirect)
    assert set(entry.sensor_sites) <= set(SENSOR_SITES)
    assert entry.first_phase in ("eccentric", "concentric", None)
    for pair in (entry.rom_m, entry.rom_deg, entry.joint_deg, entry.first_rep_mps):
        assert pair is None or 0 < pair[0] < pair[1]
    assert entry.rom_m is None or entry.rom_m[1] < 1.0
    prior = entry.failure_velocity
    assert prior is None or "failure" in entry.sources
    assert prior is None or entry.first_rep_mps is None or prior.mean_mps < entry.first_rep_mps[0]
    assert prior is None or not prior.published or entry.sources["failure"].startswith("R: ")
    assert isinstance(entry.signal, Exercise)


def test_the_figures_of_the_sources() -> None:
    squat = exercise("back_squat")
    assert squat.failure_velocity is not None
    assert squat.failure_velocity.mean_mps == 0.28
    assert squat.failure_velocity.published
    assert squat.first_rep_mps == (0.59, 0.85)
    assert exercise("romanian_deadlift").failure_velocity is not None
    assert not exercise("romanian_deadlift").failure_velocity.published
    assert exercise("lying_leg_curl").failure_velocity is None


def test_squats_train_no_hamstrings_and_seated_calf_raises_no_gastrocnemius() -> None:
    for entry in catalogue().values():
        if entry.movement in ("squat", "unilateral_squat") and entry.id != "hex_bar_deadlift":
            assert "hamstrings" not in entry.direct + entry.indirect
    assert exercise("seated_calf_raise").direct == ("soleus",)
    assert exercise("seated_calf_raise").indirect == ()


def test_calf_raises_fail_by_range_of_motion() -> None:
    failing = {entry.id for entry in catalogue().values() if entry.fails_by_rom}
    assert failing == {entry.id for entry in catalogue().values() if entry.movement.endswith("calf")}


def test_the_direction_depends_on_where_the_sensor_sits() -> None:
    pulldown = exercise("lat_pulldown")
    assert not pulldown.signal.concentric_down
    assert pulldown.signal_at(Placement.WRIST).concentric_down
    # Seated the shank swings down from the horizontal; lying and standing it is raised.
    assert exercise("seated_leg_curl").signal.concentric_down
    assert not exercise("lying_leg_curl").signal.concentric_down
    assert not exercise("standing_leg_curl").signal.concentric_down


@pytest.mark.parametrize(
    ("wrong", "meant"), [("backsquat", "back_squat"), ("Bench Press", "bench_press"), ("sqat", "")]
)
def test_an_unknown_id_names_the_three_closest(wrong: str, meant: str) -> None:
    with pytest.raises(UnknownExercise) as caught:
        exercise(wrong)
    assert len(caught.value.closest) == 3
    assert not meant or caught.value.closest[0] == meant
    assert all(name in str(caught.value) for name in caught.value.closest)
