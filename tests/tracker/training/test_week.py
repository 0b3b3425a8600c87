"""Six weeks through the public commands: week, history and legs against figures worked out by hand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from built_log import answer, build, hardset

from hardset.signal.rir_evidence import (
    FELT_BIAS_WEIGHTS,
    FELT_BIASES,
    FELT_SD_WEIGHTS,
    FELT_SDS,
    HABIT_WEIGHTS,
    HABITS,
)
from hardset.tracker.cli import run
from hardset.tracker.simulation.example_history import Habits, example_history

WEEK = "2026-W47"
HISTORY = example_history(Habits(), 3)
# Written down once more, from the studies and not from the catalogue.
BY_HAND = {
    "quadriceps": {"back_squat": 1.0, "leg_press": 1.0, "leg_extension": 1.0},
    "hamstrings": {
        **dict.fromkeys(("romanian_deadlift", "seated_leg_curl", "lying_leg_curl"), 1.0),
        "hip_thrust": 0.5,
    },
    "soleus": {"standing_calf_raise": 1.0, "seated_calf_raise": 1.0},
    "gastrocnemius": {"standing_calf_raise": 1.0},
    "biceps": {"barbell_curl": 1.0, "barbell_row": 0.5},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("six_weeks")
    build(folder / "log.db", folder, HISTORY)
    return folder / "log.db"


@pytest.fixture
def db(built: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copy(built, tmp_path / "log.db"))


def p_hard_if_felt(felt: float) -> float:
    """Bayes with a loop for each sum: P(3 or fewer left | felt), over what lifters usually leave."""
    weight_of = {}
    for k in range(HABITS.shape[1]):
        like = 0.0
        for bias, wb in zip(FELT_BIASES, FELT_BIAS_WEIGHTS, strict=True):
            for sd, ws in zip(FELT_SDS, FELT_SD_WEIGHTS, strict=True):
                spread = sd * np.sqrt(1 + (k / 5) ** 2)
                z = (felt - k - bias * (1 - np.exp(-(k + 0.5) / 2))) / spread
                z = min(z, 0.0) if felt <= 0 else z
                like += wb * ws * max(np.exp(-(z**2) / 2), 0.002) / spread
        weight_of[k] = like * sum(w * row[k] for w, row in zip(HABIT_WEIGHTS, HABITS, strict=True))
    return sum(weight_of[k] for k in range(4)) / sum(weight_of.values())


def hard_sets_by_hand(muscle: str, measured: dict[int, float]) -> float:
    total = 0.0
    for one in HISTORY.sets:
        if one.at.date().isoformat() < "2026-11-16" or one.warmup:
            continue
        weight = BY_HAND[muscle].get(one.exercise, 0.0)
        if weight and 5 <= one.reps <= 30:
            assert one.felt_rir is not None
            total += weight * p_hard_if_felt(one.felt_rir)
    return total + sum(measured.values())


def measured_credit(db: Path, muscle: str) -> dict[int, float]:
    """Credit of the sensor's sets, from their own probabilities as `edit` shows them."""
    credit = {}
    for id, exercise in measured_sets(db).items():
        weight = BY_HAND[muscle].get(exercise, 0.0)
        shown = answer(db, "edit", id)
        if weight and shown["reps"] >= 5:
            credit[id] = weight * shown["p_hard"]
    return credit


def measured_sets(db: Path) -> dict[int, str]:
    by_hand = sum(not one.velocities for one in HISTORY.sets)
    ids = range(by_hand + 1, by_hand + 5)
    return {id: answer(db, "edit", id)["exercise"] for id in ids}


def muscle(db: Path, name: str, week: str = WEEK) -> dict[str, Any]:
    answered = answer(db, "week", "--week", week)
    return next(one for one in answered["muscles"] if one["muscle"] == name)


@pytest.mark.parametrize("name", BY_HAND)
def test_hard_sets_are_what_a_hand_works_out(built: Path, name: str) -> None:
    one = muscle(built, name)
    assert one["hard_sets"] == pytest.approx(hard_sets_by_hand(name, measured_credit(built, name)), abs=2e-3)
    assert one["low80"] <= one["hard_sets"] <= one["high80"] <= one["all_sets"]
    assert one["hard_sets"] == pytest.approx(
        sum(c["weight"] * c["p_hard"] for c in one["contributions"]), abs=1e-3
    )


def test_sets_sessions_and_the_largest_session(built: Path) -> None:
    quadriceps = muscle(built, "quadriceps")
    # Monday 4 + 4, Thursday 4 + 3, and three recorded squats on Wednesday.
    assert quadriceps["all_sets"] == 18
    assert quadriceps["sessions"] == 3
    assert len(quadriceps["contributions"]) == 18
    assert quadriceps["band"] == [10, 20]
    assert quadriceps["verdict"] == "in"
    credit: dict[str, float] = {}
    day = {one.id: one.at.date().isoformat() for one in HISTORY.sets}
    for c in quadriceps["contributions"]:
        name = day.get(c["set"], "2026-11-18")
        credit[name] = credit.get(name, 0.0) + c["weight"] * c["p_hard"]
    assert quadriceps["most_in_one_session"] == pytest.approx(max(credit.values()), abs=1e-3)


def test_calves_are_counted_once_each(built: Path) -> None:
    soleus, gastrocnemius = muscle(built, "soleus"), muscle(built, "gastrocnemius")
    assert (soleus["all_sets"], gastrocnemius["all_sets"]) == (16, 8)
    checks = {c["cause"]: c for c in answer(built, "legs")["checks"]}
    assert checks["calf_volume"]["value"] < 16.1
    assert checks["bent_knee_calf"]["value"] == pytest.approx(8, abs=0.1)


def test_every_muscle_and_every_gap_is_in_the_answer(built: Path) -> None:
    answered = answer(built, "week", "--week", WEEK)
    assert answered["week"] == WEEK
    assert len(answered["muscles"]) == 20
    assert answered["missing"] == []
    empty = answer(built, "week", "--week", "2026-W20")
    assert empty["missing"] == [
        "knee_extension",
        "hip_hinge",
        "knee_flexion",
        "straight_knee_calf",
        "bent_knee_calf",
    ]
    assert all(one["hard_sets"] == 0 and one["verdict"] == "under" for one in empty["muscles"])


def test_history_gives_load_reps_velocity_and_1rm(built: Path) -> None:
    answered = answer(built, "history", "back_squat")
    assert len(answered["sessions"]) == 7
    by_day = {one["at"][:10]: one for one in answered["sessions"]}
    monday = [
        one for one in HISTORY.sets if f"{one.at:%Y-%m-%d}" == "2026-11-16" and one.exercise == "back_squat"
    ]
    work = [one for one in monday if not one.warmup]
    assert by_day["2026-11-16"]["load_kg"] == work[0].load_kg
    assert by_day["2026-11-16"]["reps"] == max(one.reps for one in work)
    assert len(by_day["2026-11-16"]["sets"]) == len(monday)
    sensor = by_day["2026-11-18"]
    assert sensor["load_kg"] == 117.5
    for one in sensor["sets"]:
        assert one["mean_velocity_mps"] == max(one["velocities"])
        loss = 100 * (1 - one["velocities"][-1] / max(one["velocities"]))
        assert one["velocity_loss_pct"] == pytest.approx(loss, abs=0.05)
    for one in answered["sessions"]:
        assert one["e1rm_low80_kg"] < one["e1rm_kg"] < one["e1rm_high80_kg"]
        if one is sensor:
            continue
        # Epley with what was left, within the model's own error.
        assert one["e1rm_kg"] == pytest.approx(one["load_kg"] * (1 + (one["reps"] + 1.5) / 30), rel=0.08)
    assert answered["trend"]["low80"] < answered["trend"]["pct_per_week"] < answered["trend"]["high80"]
    records = {one["record"]: one["value"] for one in answered["records"]}
    assert records["heaviest"] == 117.5


def test_legs_of_the_six_weeks_find_nothing(built: Path) -> None:
    answered = answer(built, "legs")
    assert answered["limiting"]["area"] == "none"
    assert "genetics" in answered["limiting"]["action"]


def figures(db: Path) -> dict[str, Any]:
    quadriceps = muscle(db, "quadriceps")
    sessions = {one["at"][:10]: one for one in answer(db, "history", "back_squat")["sessions"]}
    checks = {one["cause"]: one["value"] for one in answer(db, "legs")["checks"]}
    return {"muscle": quadriceps, "session": sessions["2026-11-18"], "checks": checks}


def test_a_deleted_rep_changes_loss_reserve_hard_sets_and_totals_everywhere(db: Path) -> None:
    id = max(set_id for set_id, exercise in measured_sets(db).items() if exercise == "back_squat")
    before, set_before = figures(db), answer(db, "edit", id)
    after_set = answer(db, "edit", id, "--delete-rep", set_before["reps"])
    after = figures(db)
    assert after_set["reps"] == set_before["reps"] - 1
    assert after_set["velocity_loss_pct"] < set_before["velocity_loss_pct"]
    assert after_set["p_hard"] != set_before["p_hard"]
    credit = {c["set"]: c["p_hard"] for c in after["muscle"]["contributions"]}
    assert credit[id] == pytest.approx(after_set["p_hard"], abs=1e-3)
    # Other sets of the day learn from this one: the sum is that of its parts, and it has moved.
    assert after["muscle"]["hard_sets"] != before["muscle"]["hard_sets"]
    assert after["muscle"]["hard_sets"] == pytest.approx(
        sum(c["weight"] * c["p_hard"] for c in after["muscle"]["contributions"]), abs=1e-3
    )
    (logged,) = (one for one in after["session"]["sets"] if one["set"] == id)
    assert logged["reps"] == after_set["reps"]
    assert logged["velocity_loss_pct"] == pytest.approx(after_set["velocity_loss_pct"], abs=0.06)
    assert after["checks"]["volume"] != before["checks"]["volume"]


def test_a_deleted_set_is_gone_everywhere_and_comes_back_with_undo(db: Path) -> None:
    before = figures(db)
    id = next(
        one.id
        for one in HISTORY.sets
        if one.exercise == "back_squat" and f"{one.at:%m-%d}" == "11-16" and not one.warmup
    )
    gone = next(c for c in before["muscle"]["contributions"] if c["set"] == id)
    answer(db, "edit", id, "--delete")
    after = figures(db)
    assert after["muscle"]["all_sets"] == before["muscle"]["all_sets"] - 1
    assert after["muscle"]["hard_sets"] == pytest.approx(
        before["muscle"]["hard_sets"] - gone["p_hard"], abs=1e-3
    )
    assert id not in {c["set"] for c in after["muscle"]["contributions"]}
    hardset(db, "undo")
    assert figures(db) == before


def test_bands_and_threshold_of_the_settings_are_used(db: Path) -> None:
    usual = muscle(db, "quadriceps")
    hardset(db, "settings", "hard_rir", "2")
    hardset(db, "settings", "bands", '{"quadriceps": [16, 22]}')
    strict = muscle(db, "quadriceps")
    assert strict["hard_sets"] < usual["hard_sets"]
    assert strict["band"] == [16, 22]
    assert strict["verdict"] == "under"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("week", "--week", WEEK), ("quadriceps", "● in", "Calves, each set once", "opinion")),
        (("week", "--week", WEEK, "--muscle", "glutes"), ("hip thrust", "gives", "sensor", "felt")),
        (("week", "--week", "2026-W20"), ("No set of: knee extension",)),
        (("history", "back_squat"), ("117.5 kg", "Trend of the 1RM", "Heaviest")),
        (("legs",), ("Nothing stands out", "Patience", "opinion")),
        (("legs", "--all"), ("≠", "Kinoshita 2023")),
    ],
)
@pytest.mark.parametrize("columns", [80, 140])
def test_the_text_says_it_within_the_width(
    built: Path, args: tuple[str, ...], words: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = hardset(built, *args)
    flat = " ".join(said.replace("│", " ").split())
    assert all(word in flat for word in words)
    assert all(len(line) <= columns for line in said.splitlines())
    assert "…" not in said


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("week", "--week", "47"), "2026-W47"),
        (("week", "--week", "2026-W54"), "2026-W47"),
        (("history", "front_squat"), "leg_extension"),
        (("history", "nonsense"), "leg_extension"),
    ],
)
def test_a_wrong_week_or_exercise_gets_one_sentence(
    built: Path, args: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*args, "--db", str(built)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("hardset: ")
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_the_current_week_is_the_default(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answer(built, "week", "--today", "2026-11-18")["week"] == WEEK


def test_an_unknown_muscle_is_wrong_usage(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["week", "--muscle", "calves", "--db", str(built)]) == 2
    assert "gastrocnemius" in capsys.readouterr().err
