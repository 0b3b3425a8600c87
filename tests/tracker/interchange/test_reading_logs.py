"""Logs of Strong and Hevy as their apps write them: both separators, units and dates, every kind of row."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.tracker.errors import HardsetError, NoTrainingLog
from hardset.tracker.training.catalogue import catalogue
from hardset.tracker.training.interchange import cells
from hardset.tracker.training.interchange.names import exercise_names, words_of
from hardset.tracker.training.interchange.reader import read_log
from hardset.tracker.training.interchange.sheet import MAX_BYTES, MAX_ROWS


def text_of(name: str) -> str:
    return (Path(__file__).parent / "files" / name).read_text(encoding="utf-8")


# The layout of the iOS app: no unit, letters for special sets, rest timers, a note of two lines.
STRONG_IOS = text_of("strong_ios.csv")
# The layout of the Android app: semicolons, decimal commas, a unit on each row, the duration last.
STRONG_ANDROID = text_of("strong_android.csv")
HEVY = text_of("hevy.csv")
HEVY_POUNDS = text_of("hevy_pounds.csv")


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str, name: str = "log.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return _write


def test_strong_as_ios_writes_it(write) -> None:
    parsed = read_log(write(STRONG_IOS), "kg")
    assert parsed.program == "strong"
    assert not parsed.unit_told
    assert parsed.problems == ()
    assert parsed.skipped == {"rest timers": 1, "cardio and timed sets, without repetitions": 1}
    warmup, work, drop, failure, assisted, calf = parsed.sets
    assert (warmup.warmup, warmup.load_kg, warmup.reps, warmup.felt_rir) == (True, 60.0, 5, None)
    assert (work.warmup, work.load_kg, work.felt_rir) == (False, 102.5, 1.5)
    assert work.note == 'felt\n"heavy"'
    assert (drop.load_kg, drop.note, drop.failed) == (80.5, "drop set", False)
    assert (failure.failed, failure.felt_rir, failure.reps) == (True, 0.0, 4)
    assert assisted.load_kg is None
    assert calf.workout == "Évening"
    assert calf.started == datetime(2025, 5, 14, 18)
    assert [one.line for one in parsed.sets] == [2, 3, 6, 7, 9, 10]
    assert len({one.key for one in parsed.sets}) == 6


def test_strong_as_android_writes_it(write) -> None:
    parsed = read_log(write(STRONG_ANDROID), "kg")
    assert parsed.unit_told
    first, second = parsed.sets
    assert (first.load_kg, first.felt_rir) == (180.5, 1.0)
    assert second.load_kg == pytest.approx(181.437, abs=1e-3)
    assert second.felt_rir == 0.5


def test_the_unit_may_stand_in_the_header_or_be_told(write) -> None:
    told = read_log(write(STRONG_IOS.replace("Weight", "Weight (lbs)")), "kg")
    asked = read_log(write(STRONG_IOS), "lb")
    assert told.unit_told
    assert not asked.unit_told
    assert told.sets[1].load_kg == asked.sets[1].load_kg == pytest.approx(102.5 * 0.45359237)
    # Neither load, unit nor the workout's name tells sets apart: it is the same log.
    renamed = read_log(write(STRONG_IOS.replace("Leg Day", "Legs")), "kg")
    assert [one.key for one in told.sets] == [one.key for one in renamed.sets]


def test_hevy_with_both_units_and_dates(write) -> None:
    parsed = read_log(write(HEVY), "lb")
    assert parsed.program == "hevy"
    assert parsed.unit_told
    assert parsed.skipped == {"cardio and timed sets, without repetitions": 1}
    warmup, work, failure, drop = parsed.sets
    assert warmup.warmup
    assert (work.load_kg, work.felt_rir, work.started) == (42.5, 2.0, datetime(2025, 12, 22, 8))
    assert failure.failed
    assert drop.note == "drop set"
    pounds = read_log(write(HEVY_POUNDS), "kg").sets[0]
    assert pounds.load_kg == pytest.approx(102.058, abs=1e-3)
    assert pounds.started == datetime(2025, 12, 22, 8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(write, encoding: str, newline: str) -> None:
    parsed = read_log(write(STRONG_IOS.replace("\n", newline), encoding=encoding), "kg")
    assert parsed.sets[-1].workout == "Évening"
    assert [one.line for one in parsed.sets] == [2, 3, 6, 7, 9, 10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22 Dec 2025, 08:00", datetime(2025, 12, 22, 8)),
        ("2025-12-22 08:00:00", datetime(2025, 12, 22, 8)),
        ("2025-12-22T08:00", datetime(2025, 12, 22, 8)),
        ("18 sept. 2026, 17:31", datetime(2026, 9, 18, 17, 31)),
        ("3 août 2026, 07:05", datetime(2026, 8, 3, 7, 5)),
        ("3 Mär 2026, 07:05", datetime(2026, 3, 3, 7, 5)),
        ("5 de ene. de 2026, 7:05", datetime(2026, 1, 5, 7, 5)),
        ("14 juil. 2026, 07:05", datetime(2026, 7, 14, 7, 5)),
        ("14 giu 2026, 07:05", datetime(2026, 6, 14, 7, 5)),
        ("Dec 22, 2025, 8:00 PM", datetime(2025, 12, 22, 20)),
        ("22 Dec 2025, 12:15 am", datetime(2025, 12, 22, 0, 15)),
    ],
)
def test_dates(text: str, expected: datetime) -> None:
    assert cells.moment(text) == expected


@pytest.mark.parametrize("text", ["", "yesterday", "22 Foo 2025, 08:00", "31 Feb 2025, 08:00", "0001-01-01"])
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="the date"):
        cells.moment(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("82,5", 82.5), ("1,250.5", 1250.5), ("1.250,5", 1250.5), ("1 000", 1000.0), ("-2", -2.0)],
)
def test_numbers(text: str, value: float | None) -> None:
    assert cells.number(text) == value


BAD = {
    ",heavy,5,0,0,,,": "the weight 'heavy' is no number",
    ",-5,5,0,0,,,": "the weight -5 kg is not between 0 and 1000 kg",
    ",100,five,0,0,,,": "'five' repetitions",
    ",100,5.5,0,0,,,": "5.5 repetitions",
    ",100,5,0,0,,,,,surplus": "more fields than the header names",
}


def test_bad_lines_are_named_and_the_good_ones_kept(write) -> None:
    start = '2025-05-12 07:30:00,"Leg Day",1h,"Squat (Barbell)",1'
    lines = [STRONG_IOS.split("\n", 1)[0], *(start + rest for rest in BAD), start + ",100,5,0,0,,,12"]
    lines += [start.replace("2025-05-12", "someday") + ",100,5,0,0,,,", start + ",100,5,0,0,,,9"]
    parsed = read_log(write("\n".join(lines) + "\n"), "kg")
    said = {problem.line: problem for problem in parsed.problems}
    assert {line: said[line].problem for line in range(2, 7)} == dict(enumerate(BAD.values(), 2))
    assert said[7].problem == "the RPE 12 is not between 1 and 10; the set was kept without it"
    assert not said[7].left_out
    assert "someday" in said[8].problem
    assert [(one.line, one.felt_rir) for one in parsed.sets] == [(7, None), (9, 1.0)]
    assert str(said[2]) == "line 2: the weight 'heavy' is no number; left out"


def test_a_line_that_is_corrected_later_does_not_move_the_others(write) -> None:
    broken = STRONG_IOS.replace('D,"80,5"', "D,lots")
    keys = {one.line: one.key for one in read_log(write(STRONG_IOS), "kg").sets}
    assert {one.line: one.key for one in read_log(write(broken), "kg").sets} == {
        line: key for line, key in keys.items() if line != 6
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("a,b,c\n1,2,3\n", "'a, b, c' is no header of Strong or Hevy"),
        ("Datum;Workout-Name;Name der Übung;Gewicht\n1;2;3;4\n", "set the app's language to English"),
        ("{}", "this JSON is no export of hardset"),
        ('{"sets": 5}', "this JSON is no export of hardset"),
        ("a\0b", "this is not a text file"),
    ],
)
def test_what_is_no_log_is_refused(write, text: str, says: str) -> None:
    with pytest.raises(NoTrainingLog) as caught:
        read_log(write(text), "kg")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_caps(write) -> None:
    header = STRONG_IOS.split("\n", 1)[0] + "\n"
    with pytest.raises(NoTrainingLog, match="at most 5 MB"):
        read_log(write(header + "x" * MAX_BYTES), "kg")
    with pytest.raises(NoTrainingLog, match="more than 50,000 rows"):
        read_log(write(header + "x,y\n" * (MAX_ROWS + 1)), "kg")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='0123456789,;"\n -:abFWD.', max_size=300))
def test_no_text_makes_the_reader_fall(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "log.csv"
    for header in (STRONG_IOS, STRONG_ANDROID, HEVY):
        path.write_text(header.split("\n", 1)[0] + "\n" + text, encoding="utf-8")
        with suppress(HardsetError):
            for one in read_log(path, "kg").sets:
                assert one.reps > 0


def test_no_name_means_two_exercises() -> None:
    meant: dict[tuple[str, ...], str] = {}
    for entry in catalogue().values():
        assert entry.aliases
        for name in (entry.id, entry.name, *entry.aliases):
            assert meant.setdefault(words_of(name), entry.id) == entry.id, name


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Squat (Barbell)", "back_squat"),
        ("Barbell Squats", "back_squat"),
        ("squat - barbell", "back_squat"),
        ("Lying Leg Curl (Machine)", "lying_leg_curl"),
        ("Seated Calf Raise (Plate Loaded)", "seated_calf_raise"),
        ("Calf Press on Leg Press", "leg_press_calf_press"),
        ("Romanian Deadlift (Barbell)", "romanian_deadlift"),
        ("Chest Press (Machine)", None),
    ],
)
def test_names_of_strong_and_hevy(name: str, id: str | None) -> None:
    assert exercise_names(catalogue()).find(name) == id


def test_an_unknown_name_gets_proposals() -> None:
    closest = exercise_names(catalogue()).closest("Leg Curls lying down")
    assert len(closest) == 3
    assert "lying_leg_curl" in closest
