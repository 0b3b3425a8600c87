"""The user's own exercises: part of the catalogue, or refused with the field that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardset.tracker.cli import run
from hardset.tracker.errors import FileUnreadable, LabelNotUnderstood
from hardset.tracker.training.catalogue import catalogue, exercise
from hardset.tracker.training.interchange.names import exercise_names

GOOD = """
[[exercise]]
id = "chest_press"
name = "Chest Press (machine)"
movement = "horizontal_push"
direct = ["chest"]
indirect = ["triceps", "front_delts"]
sensor_sites = ["stack"]
first_phase = "concentric"
rom_m = [0.25, 0.4]
aliases = ["Chest Press (Machine)"]
failure_velocity = { mean_mps = 0.2, between_lifters_sd_mps = 0.06, per_set_sd_mps = 0.04 }
"""
LEAST = '[[exercise]]\nid = "x"\nname = "X"\nmovement = "other"\ndirect = ["abs"]\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "exercises.toml"
    monkeypatch.setenv("HARDSET_EXERCISES", str(path))

    def _own(text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        return path

    return _own


def test_an_own_exercise_is_in_the_catalogue(own) -> None:
    own(GOOD)
    entry = exercise("chest_press")
    assert list(catalogue())[-1] == "chest_press"
    assert len(catalogue()) == 65
    assert entry.indirect == ("triceps", "front_delts")
    assert entry.failure_velocity is not None
    assert not entry.failure_velocity.published
    assert entry.signal.rom_m == (0.25, 0.4)
    assert exercise_names(catalogue()).find("Chest Press (Machine)") == "chest_press"


def test_what_is_left_out_is_filled_in_and_a_change_is_seen(own) -> None:
    own(LEAST)
    assert exercise("x").sensor_sites == ("bar",)
    assert exercise("x").failure_velocity is None
    path = own(LEAST + 'indirect = ["forearms"]\n')
    import os

    os.utime(path, ns=(1, 1))
    assert exercise("x").indirect == ("forearms",)


def test_the_same_id_takes_the_place_of_ours_and_a_name_too(own) -> None:
    own(LEAST.replace('"x"', '"leg_press"') + 'aliases = ["Hack Squat"]\n')
    assert exercise("leg_press").name == "X"
    assert len(catalogue()) == 64


def bad(text: str, says: str) -> object:
    return pytest.param(text, says, id=says[:40])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        bad("[[exercise]", "not valid TOML"),
        bad("[squat]\nid = 1\n", "unknown 'squat', expected entries that begin with [[exercise]]"),
        bad('exercise = "squat"\n', "'exercise' is no list of tables"),
        bad(LEAST.replace("name", "nam"), "exercise 1 (x): unknown field 'nam', expected one of name"),
        bad(LEAST.replace('name = "X"\n', ""), "exercise 1 (x): 'name' is missing"),
        bad(LEAST.replace('"x"', '"Leg Press"'), "the id 'Leg Press', expected small letters"),
        bad(LEAST.replace('"x"', "5"), "exercise 1: id is 5, expected text"),
        bad(LEAST.replace('"abs"', '"quads"'), "direct 'quads' is not known, expected one of quadriceps"),
        bad(LEAST.replace('["abs"]', '"abs"'), "direct is 'abs', expected a list"),
        bad(LEAST.replace('["abs"]', "[]"), "'direct' is missing or empty"),
        bad(LEAST + 'indirect = ["abs"]\n', "abs is both direct and indirect"),
        bad(LEAST.replace('"other"', '"squats"'), "movement 'squats' is not known, expected one of squat"),
        bad(LEAST + 'sensor_sites = ["head"]\n', "sensor_sites 'head' is not known"),
        bad(LEAST + "sensor_sites = []\n", "sensor_sites is empty"),
        bad(LEAST + 'first_phase = "up"\n', "first_phase 'up' is not known, expected one of eccentric"),
        bad(LEAST + "rom_m = [0.5, 0.3]\n", "rom_m is [0.5, 0.3], expected two numbers"),
        bad(LEAST + "rom_m = 0.5\n", "rom_m is 0.5, expected two numbers"),
        bad(LEAST + "ballistic = 1\n", "ballistic is 1, expected true or false"),
        bad(LEAST + 'failure_velocity = "squat"\n', "failure_velocity is 'squat', expected { mean_mps"),
        bad(LEAST + LEAST, "the id 'x' stands there 2 times"),
    ],
)
def test_a_mistake_is_named(own, text: str, says: str) -> None:
    path = own(text)
    with pytest.raises(LabelNotUnderstood) as caught:
        catalogue()
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HARDSET_EXERCISES", str(tmp_path / "none.toml"))
    with pytest.raises(FileUnreadable):
        catalogue()
    assert run(["analyze", "x.csv", "--exercise", "back_squat"]) == 1
    assert "none.toml" in capsys.readouterr().err
