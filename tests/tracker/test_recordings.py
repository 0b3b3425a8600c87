"""Recording files: what is read, what is mended and told, what is refused and how."""

from __future__ import annotations

import math
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hardset.signal.exercise import Placement
from hardset.signal.samples import SampleBatch
from hardset.tracker.errors import (
    ClockRestarted,
    FileUnreadable,
    HardsetError,
    HeaderNotUnderstood,
    LabelNotUnderstood,
    LineNotUnderstood,
    NothingMeasured,
    RecordingTooShort,
)
from hardset.tracker.recordings import Sidecar, read_recording, write_recording

HEADER = "time_s,acc_x_g,acc_y_g,acc_z_g,gyr_x_dps,gyr_y_dps,gyr_z_dps"


def rows(n: int = 100, step_s: float = 0.02) -> list[str]:
    return [f"{i * step_s:.3f},0.1,0.2,0.97,1.5,-2.5,0" for i in range(n)]


@pytest.fixture
def write(tmp_path: Path):
    def _write(*lines: str, end: str = "\n", newline: str = "\n", encoding: str = "utf-8") -> Path:
        path = tmp_path / "set.csv"
        path.write_bytes((newline.join(lines) + end).encode(encoding))
        return path

    return _write


def test_units_become_si(write) -> None:
    samples = read_recording(write(HEADER, *rows())).samples
    assert len(samples) == 100
    assert samples.acceleration_mps2[0] == pytest.approx([0.980665, 1.96133, 9.5124505])
    assert samples.angular_velocity_radps is not None
    assert samples.angular_velocity_radps[0] == pytest.approx(np.deg2rad([1.5, -2.5, 0]))


def test_other_units_any_order_extra_columns_and_no_gyroscope(write) -> None:
    lines = [f"x,0.3,{i * 20},9.7,0.1" for i in range(100)]
    samples = read_recording(write("note,acc_y_mps2,time_ms,acc_z_mps2,acc_x_mps2", *lines)).samples
    assert samples.angular_velocity_radps is None
    assert samples.acceleration_mps2[5] == pytest.approx([0.1, 0.3, 9.7])
    assert samples.time_s[5] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("newline", "encoding", "end"),
    [
        ("\r\n", "utf-8", "\r\n"),
        ("\n", "utf-8-sig", "\n\n\n"),
        ("\n", "utf-8", ""),
        ("\r\n", "utf-8-sig", "\r\n\r\n"),
    ],
)
def test_line_ends_byte_order_mark_and_trailing_blank_lines(
    write, newline: str, encoding: str, end: str
) -> None:
    recording = read_recording(write(HEADER, *rows(), newline=newline, encoding=encoding, end=end))
    assert len(recording.samples) == 100
    assert recording.warnings == ()


def test_semicolons_with_decimal_commas(write) -> None:
    lines = [row.replace(",", ";").replace(".", ",") for row in rows()]
    samples = read_recording(write(HEADER.replace(",", ";"), *lines)).samples
    assert samples.time_s[3] == pytest.approx(0.06)
    assert samples.acceleration_mps2[0, 2] == pytest.approx(9.5124505)


def test_uneven_and_repeated_times_are_kept(write) -> None:
    times = [0.0, 0.03, 0.03, 0.034, 0.2] + [0.3 + 0.1 * i for i in range(30)]
    path = write("time_s,acc_x_g,acc_y_g,acc_z_g", *(f"{t},0,0,1" for t in times))
    assert read_recording(path).samples.time_s.tolist() == pytest.approx(times)


def test_rows_of_nan_at_the_start_are_dropped_and_told(write) -> None:
    recording = read_recording(write(HEADER, *["nan,nan,nan,nan,nan,nan,nan"] * 7, *rows()))
    assert recording.dropped_rows == 7
    assert len(recording.samples) == 100
    assert recording.warnings == ("7 rows with missing values at the start were dropped",)


def test_empty_fields_and_infinite_values_are_missing_values(write) -> None:
    recording = read_recording(
        write(HEADER, *rows(50), "1.001,,,,,,", "1.002,inf,0,1,0,0,0", *rows(100)[51:])
    )
    assert recording.dropped_rows == 2
    assert np.isfinite(recording.samples.acceleration_mps2).all()


def test_a_gyroscope_without_a_number_is_no_gyroscope(write) -> None:
    recording = read_recording(write(HEADER, *(f"{i * 0.02},0,0,1,,," for i in range(100))))
    assert recording.samples.angular_velocity_radps is None
    assert "without gyroscope" in recording.warnings[0]


def test_small_steps_back_are_sorted_and_told(write) -> None:
    lines = rows()
    lines[40], lines[41] = lines[41], lines[40]
    recording = read_recording(write(HEADER, *lines))
    assert (np.diff(recording.samples.time_s) > 0).all()
    assert "steps back 1 times" in recording.warnings[0]


def test_a_half_written_last_line_is_left_out_and_told(write) -> None:
    recording = read_recording(write(HEADER, *rows(), "2.000,0.1,0.", end=""))
    assert len(recording.samples) == 100
    assert "last line (102) is cut off" in recording.warnings[0]


@pytest.mark.parametrize(
    ("header", "values", "hint"),
    [
        ("acc_x_g,acc_y_g,acc_z_g", "0,0,9.8", "mps2"),
        ("acc_x_mps2,acc_y_mps2,acc_z_mps2", "0,0,1.0", "acc_x_g"),
    ],
)
def test_a_header_with_the_wrong_unit_is_doubted(write, header: str, values: str, hint: str) -> None:
    recording = read_recording(write("time_s," + header, *(f"{i * 0.02},{values}" for i in range(100))))
    assert hint in recording.warnings[0]


def bad(error: type[HardsetError], *lines: str, says: str) -> object:
    return pytest.param(lines, error, says, id=says[:40])


@pytest.mark.parametrize(
    ("lines", "error", "says"),
    [
        bad(HeaderNotUnderstood, "", says="the file is empty"),
        bad(
            HeaderNotUnderstood,
            "time,acc_x,acc_y,acc_z",
            *rows(),
            says="time has no unit in its name (time_s or",
        ),
        bad(
            HeaderNotUnderstood,
            "time_s,acc_x,acc_y,acc_z",
            *rows(),
            says="acc_x has no unit in its name (acc_x_g or",
        ),
        bad(HeaderNotUnderstood, "time_s,acc_x_g,acc_y_g", *rows(), says="the column acc_z_g is missing"),
        bad(
            HeaderNotUnderstood,
            HEADER.replace(",gyr_y_dps", ""),
            *rows(),
            says="the column gyr_y_dps is missing",
        ),
        bad(HeaderNotUnderstood, *rows(), says="numbers where the names of the columns should be"),
        bad(
            LineNotUnderstood,
            HEADER,
            *rows(3),
            "0.06,0.1,oops,1,0,0,0",
            *rows(9),
            says="line 5: 'oops', expected a number",
        ),
        bad(
            LineNotUnderstood, HEADER, *rows(3), "", "0.06,0.1", *rows(9), says="line 6: 2 values, expected 7"
        ),
        bad(
            LineNotUnderstood,
            HEADER,
            *rows(3),
            "0,0,0,1,0,0,0,5",
            *rows(9),
            says="line 5: 8 values, expected 7",
        ),
        bad(NothingMeasured, HEADER, says="no row of numbers"),
        bad(
            NothingMeasured,
            HEADER,
            *["nan,nan,nan,nan,nan,nan,nan"] * 50,
            says="none of the 50 rows is complete",
        ),
        bad(
            NothingMeasured,
            HEADER,
            *(f"{i * 0.02},0,0,0,0,0,0" for i in range(90)),
            says="every acceleration is zero",
        ),
        bad(RecordingTooShort, HEADER, *rows(3), says="too short to analyse (3 samples, 0.04 s)"),
        bad(RecordingTooShort, HEADER, *["0,0,0,1,0,0,0"] * 500, says="(500 samples, 0.00 s)"),
        bad(
            ClockRestarted,
            HEADER,
            *rows(400),
            *rows(10),
            says="line 402: the clock jumps back from 7.98 s to 0.00 s",
        ),
    ],
)
def test_bad_files_say_what_and_where(
    write, lines: tuple[str, ...], error: type[HardsetError], says: str
) -> None:
    path = write(*lines)
    with pytest.raises(error) as caught:
        read_recording(path)
    sentence = str(caught.value)
    assert says in sentence
    assert str(path) in sentence
    assert "\n" not in sentence


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="no such file"):
        read_recording(tmp_path / "none.csv")
    with pytest.raises(FileUnreadable, match="is a directory"):
        read_recording(tmp_path)
    (tmp_path / "bytes.csv").write_bytes(bytes(range(256)))
    with pytest.raises(FileUnreadable, match="not a text file"):
        read_recording(tmp_path / "bytes.csv")
    with pytest.raises(FileUnreadable, match="can't be written"):
        write_recording(tmp_path / "no" / "folder.csv", batch(np.zeros((30, 7))))


def test_sidecar_round_trip(tmp_path: Path) -> None:
    sidecar = Sidecar("back_squat", Placement.BAR, 102.5, "Zoë", 8, radio="bursts")
    values = np.ones((30, 7))
    values[:, 0] = np.arange(30) * 0.1
    write_recording(tmp_path / "a.csv", batch(values), sidecar)
    assert read_recording(tmp_path / "a.csv").sidecar == sidecar


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not a JSON object"),
        ('{"placement": "hat"}', "unknown placement 'hat'"),
        ('{"reps": -1}', "reps is '-1'"),
        ('{"load_kg": "heavy"}', "load_kg is 'heavy'"),
        ('{"exercise": 7}', "exercise is '7'"),
    ],
)
def test_a_bad_sidecar_is_named(write, text: str, says: str) -> None:
    path = write(HEADER, *rows())
    path.with_suffix(".json").write_text(text)
    with pytest.raises(LabelNotUnderstood) as caught:
        read_recording(path)
    assert says in str(caught.value)
    assert "set.json" in str(caught.value)


def batch(values: np.ndarray) -> SampleBatch:
    return SampleBatch(values[:, 0], values[:, 1:4], values[:, 4:7])


@settings(max_examples=40, deadline=None)
@given(
    values=arrays(np.float64, (25, 7), elements=st.floats(-150, 150)),
    steps=arrays(np.float64, 25, elements=st.floats(0, 0.5)),
    start=st.floats(-1e4, 1e4),
)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, values, steps, start) -> None:
    values[:, 0] = start + np.cumsum(steps)
    values[-1, 0] += 1.1  # a recording lasts at least a second, stamps are rounded
    values[0, 1] = 9.81
    path = tmp_path_factory.mktemp("round") / "trip.csv"
    write_recording(path, batch(values))
    samples = read_recording(path).samples
    assert np.abs(samples.time_s - values[:, 0]).max() < 0.51e-4
    assert np.abs(samples.acceleration_mps2 - values[:, 1:4]).max() < 0.51e-5 * 9.81
    assert samples.angular_velocity_radps is not None
    assert np.abs(samples.angular_velocity_radps - values[:, 4:7]).max() < 0.51e-3 * math.pi / 180


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="0123456789.,;-e\n\t naif", max_size=300))
def test_no_text_makes_the_reader_fall(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "text.csv"
    path.write_text(HEADER[:31] + "\n" + text)
    with suppress(HardsetError):
        read_recording(path)


def test_two_hours_are_read_within_seconds(tmp_path: Path) -> None:
    n = 720_000
    values = np.tile([0.0, 0.1, 0.2, 9.8, 0.01, 0.02, 0.03], (n, 1))
    values[:, 0] = np.arange(n) / 100
    text = "%.2f,0.01,0.02,0.99,1,2,3\n" * n
    (tmp_path / "long.csv").write_text(HEADER + "\n" + text % tuple(values[:, 0]))
    assert len(read_recording(tmp_path / "long.csv").samples) == n
