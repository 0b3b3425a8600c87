"""`hardset rir` as a user and as a program sees it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hardset.tracker.commands.rir import rir
from hardset.tracker.errors import HardsetError, UnknownExercise

VELOCITIES = "0.62,0.58,0.55,0.49,0.42"


def run(*args: str, text: str | None = None) -> Result:
    result = CliRunner().invoke(rir, list(args), input=text)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answer(*args: str) -> dict[str, object]:
    value: dict[str, object] = json.loads(run(*args, "--json").stdout)
    return value


def test_the_contract() -> None:
    value = answer("--exercise", "back_squat", "--velocities", VELOCITIES)
    assert {"rir", "p_hard", "calibrated"} <= value.keys()
    figures = value["rir"]
    assert isinstance(figures, dict)
    assert set(figures) == {"median", "low80", "high80", "pmf"}
    assert isinstance(figures["median"], int)
    assert len(figures["pmf"]) == 11
    assert sum(figures["pmf"]) == pytest.approx(1, abs=1e-6)
    assert value["calibrated"] is False


def test_readable_text() -> None:
    text = run("--exercise", "back_squat", "--velocities", VELOCITIES).stdout
    assert "Reps in reserve: about" in text
    assert "uncalibrated" in text
    assert "80 % interval" in text
    assert "Next:" in text


def test_history_calibrates(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    sets = [{"velocities": [0.6, 0.5, 0.4, 0.3, 0.22], "rir_at_end": 0, "session": "a", "days_ago": 3}] * 2
    file.write_text(json.dumps([*sets, {"velocities": [0.5, 0.4]}]))
    value = answer("--exercise", "back_squat", "--velocities", VELOCITIES, "--history", str(file))
    assert value["calibrated"] is True
    assert "2 sets to failure" in str(value["reason"])


def test_degrees_and_unknown_velocity() -> None:
    value = answer("--exercise", "leg_extension", "--placement", "shank", "--velocities", "120,110,95,80")
    assert value["calibrated"] is False


def test_felt_rir_moves_the_answer() -> None:
    low, high = (
        answer("--exercise", "back_squat", "--velocities", VELOCITIES, "--felt", x) for x in ("0", "6")
    )
    assert low["p_hard"] > high["p_hard"]  # type: ignore[operator]


def test_velocity_loss_is_the_users_choice() -> None:
    args = ("--exercise", "back_squat", "--velocities", VELOCITIES)
    assert "velocity loss 32 %" in run(*args, "--stop-at-loss", "30").stdout
    assert "Next: stop now" in run(*args, "--stop-at-loss", "30").stdout
    assert "Next: go on" in run(*args, "--stop-at-loss", "40").stdout


def test_many_lines_and_a_bad_one(tmp_path: Path) -> None:
    file = tmp_path / "sets.jsonl"
    good = json.dumps(
        {"exercise": "back_squat", "velocities": [0.6, 0.5, 0.4], "felt_rir": 2, "session": "x"}
    )
    bad = [
        "not json",
        '["a list"]',
        '{"exercise": "back_squat"}',
        '{"exercise": "back_squat", "velocities": [0.5, "x"]}',
        '{"exercise": "back_squat", "velocities": [0.5, NaN]}',
        '{"exercise": "back_squat", "velocities": [0.5, -0.5]}',
        '{"exercise": "back_squat", "velocities": []}',
        '{"exercise": "no_such_lift", "velocities": [0.5]}',
        '{"exercise": "back_squat", "placement": "bar", "velocities": [62, 60]}',
        '{"exercise": "back_squat", "placement": "ear", "velocities": [0.5]}',
        '{"exercise": "back_squat", "velocities": [0.5], "history": [{"velocities": [0]}]}',
        '{"exercise": "back_squat", "velocities": [0.5], "history": 3}',
        '{"exercise": "back_squat", "velocities": [0.5], "felt_rir": "two"}',
    ]
    file.write_text("\n".join([good, *bad, "", good]))
    result = run("--from", str(file), "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(lines) == len(bad) + 2
    assert "rir" in lines[0]
    assert lines[0] == lines[-1]
    assert [one["line"] for one in lines[1:-1]] == list(range(2, len(bad) + 2))
    assert all(one["error"] for one in lines[1:-1])


def test_standard_input() -> None:
    result = run(
        "--exercise", "back_squat", "--from", "-", "--json", text='{"velocities": [0.5, 0.4, 0.3]}\n'
    )
    assert "rir" in json.loads(result.stdout)


@pytest.mark.parametrize("velocities", ["0.5,-0.2", "0.5,nan", "0", ","])
def test_nonsense_velocities_are_stated_problems(velocities: str) -> None:
    with pytest.raises(HardsetError, match="The set"):
        run("--exercise", "back_squat", "--velocities", velocities)


def test_unknown_exercise_names_the_closest() -> None:
    with pytest.raises(UnknownExercise, match="back_squat"):
        run("--exercise", "back_sqat", "--velocities", VELOCITIES)


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--velocities", VELOCITIES, "--from", "x"),
        ("--velocities", "a,b"),
        ("--from", "x", "--history", "y"),
    ],
)
def test_wrong_usage(args: tuple[str, ...]) -> None:
    assert run(*args).exit_code == 2


@pytest.mark.parametrize("text", [None, "{", b"\xff\xfe\x00"])
def test_a_history_that_cannot_be_read(tmp_path: Path, text: str | bytes | None) -> None:
    file = tmp_path / "history.json"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(HardsetError, match=r"history\.json"):
        run("--exercise", "back_squat", "--velocities", VELOCITIES, "--history", str(file))


def test_a_thousand_sets_take_seconds(tmp_path: Path) -> None:
    file = tmp_path / "sets.jsonl"
    lines = [
        json.dumps(
            {"exercise": "back_squat", "velocities": [round(0.7 - 0.03 * i + n / 10000, 4) for i in range(8)]}
        )
        for n in range(300)
    ]
    file.write_text("\n".join(lines))
    start = time.perf_counter()
    assert len(run("--from", str(file), "--json").stdout.splitlines()) == 300
    assert time.perf_counter() - start < 5.0 * 300 / 1000 + 2.0  # 2 s for imports on a busy machine
