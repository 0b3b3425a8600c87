"""Exports of other makers' apps: recognised by their header, and read as what they are."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardset.signal.samples import SampleBatch
from hardset.tracker.cli import run
from hardset.tracker.errors import (
    FilesDoNotFit,
    HardsetError,
    HeaderNotUnderstood,
    LineNotUnderstood,
    NothingMeasured,
    PartOfARecording,
    SeveralSensors,
)
from hardset.tracker.recordings import read_recording
from hardset.tracker.vendors.join import join_recordings
from hardset.tracker.vendors.stamps import over_midnight, seconds_of

G = 9.80665
N = 200
RATE_HZ = 50.0
TIME_S = np.arange(N) / RATE_HZ
ACC_G = np.column_stack([0.1 * np.sin(TIME_S), np.full(N, 0.2), 0.97 + 0.05 * np.cos(3 * TIME_S)])
GYR_DPS = np.column_stack([20 * np.cos(TIME_S), np.full(N, -3.0), 5 * np.sin(2 * TIME_S)])
GRAVITY_G = np.tile([0.0, 0.1961, 0.9806], (N, 1))


def table(header: str, row: Callable[[int], str]) -> str:
    return "\n".join([header, *(row(i) for i in range(N))]) + "\n"


def xyz(values: np.ndarray, i: int, factor: float = 1.0, order: str = "xyz") -> str:
    return ",".join(f"{values[i]['xyz'.index(axis)] * factor:.6f}" for axis in order)


def clock(i: int, first_hour: int = 10) -> str:
    ms = int(i * 1000 / RATE_HZ)
    return f"{first_hour}:20:{30 + ms // 1000:02d}.{ms % 1000:03d}"


EPOCH_MS = 1_767_767_458_048

FILES = {
    # MetaBase 4 for iOS and MetaBase 3: header and file name as the apps write them.
    "Squat_MetaWear_2026-03-01T10.20.30_C4_Accelerometer_50.0Hz.csv": table(
        "epoc (ms),timestamp (-0700),elapsed (s),x-axis (g),y-axis (g),z-axis (g)",
        lambda i: f"{EPOCH_MS + 20 * i},2026-03-01T{clock(i)},{i / 50:.3f},{xyz(ACC_G, i)}",
    ),
    "Squat_MetaWear_2026-03-01T10.20.30_C4_Gyroscope_50.0Hz.csv": table(
        "epoch (ms),time (01:00),elapsed (s),x-axis (deg/s),y-axis (deg/s),z-axis (deg/s)",
        lambda i: f"{EPOCH_MS + 20 * i},2026-03-01T{clock(i)},{i / 50:.3f},{xyz(GYR_DPS, i)}",
    ),
    "Squat_Linear Acceleration.csv": table(
        "epoc (ms),timestamp (-0700),elapsed (s),x-axis (g),y-axis (g),z-axis (g)",
        lambda i: f"{EPOCH_MS + 20 * i},2026-03-01T{clock(i)},{i / 50:.3f},{xyz(ACC_G - GRAVITY_G, i)}",
    ),
    # WitMotion: the tab-separated file of its program, and the CSV of the newer one.
    "witmotion.txt": table(
        "Time\tDevice name\tChip Time()\tAcceleration X(g)\tAcceleration Y(g)\tAcceleration Z(g)\t"
        "Angular velocity X(°/s)\tAngular velocity Y(°/s)\tAngular velocity Z(°/s)\tAngle X(°)\t",
        lambda i: (
            f" {clock(i)},WT901BLE67(aa),2026-3-1 {clock(i).replace('.', ':')},"
            f"{xyz(ACC_G, i)},{xyz(GYR_DPS, i)},1.2,"
        ).replace(",", "\t"),
    ),
    "witmotion.csv": table(
        "time,DeviceName,ChipTime(),AccX(g),AccY(g),AccZ(g),AsX(°/s),AsY(°/s),AsZ(°/s),AngleX(°)",
        lambda i: f"2026-10-02T{clock(i)},WT901(01),null,{xyz(ACC_G, i)},{xyz(GYR_DPS, i)},-0.44",
    ),
    "sample_program.txt": table(
        "Chiptime\tax(g)\tay(g)\taz(g)\twx(deg/s)\twy(deg/s)\twz(deg/s)\tAngleX(deg)",
        lambda i: (
            f"2026-1-2 {clock(i)}\t" + (xyz(ACC_G, i) + "," + xyz(GYR_DPS, i) + ",1").replace(",", "\t")
        ),
    ),
    "movesense_acc.csv": table(
        "Timestamp (ms),X: (m/s^2),Y: (m/s^2),Z: (m/s^2)",
        lambda i: f"{5000 + 20 * i},{xyz(ACC_G, i, G)}, ",
    ),
    "movesense_gyro.csv": table(
        "Timestamp (ms),X: (degree per second),Y: (degree per second),Z: (degree per second)",
        lambda i: f"{5000 + 20 * i},{xyz(GYR_DPS, i)}, ",
    ),
    "movesense_imu6.csv": table(
        "Timestamp,AccX,AccY,AccZ,GyroX,GyroY,GyroZ,MagnX,MagnY,MagnZ",
        lambda i: f"{5000 + 20 * i},{xyz(ACC_G, i, G)},{xyz(GYR_DPS, i)},0,0,0",
    ),
    "Raw Data.csv": table(
        '"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)","Acceleration z (m/s^2)",'
        '"Absolute acceleration (m/s^2)"',
        lambda i: f"{i / 50:.9E},{xyz(ACC_G, i, G)},9.8",
    ),
    "Gyroscope.csv": table(
        '"Time (s)","Gyroscope x (rad/s)","Gyroscope y (rad/s)","Gyroscope z (rad/s)"',
        lambda i: f"{i / 50:.9E},{xyz(GYR_DPS, i, math.pi / 180)}",
    ),
    "Accelerometer.csv": table(
        '"Time (s)";"X (m/s^2)";"Y (m/s^2)";"Z (m/s^2)"',
        lambda i: f"{i / 50:.9E};{xyz(ACC_G, i, G).replace(',', ';')}".replace(".", ","),
    ),
    "logger/Accelerometer.csv": table(
        "time,seconds_elapsed,z,y,x",
        lambda i: f"{EPOCH_MS + 20 * i}000000,{i / 50},{xyz(ACC_G - GRAVITY_G, i, G, 'zyx')}",
    ),
    "logger/Gravity.csv": table(
        "time,seconds_elapsed,z,y,x",
        lambda i: f"{EPOCH_MS + 20 * i}000000,{i / 50},{xyz(GRAVITY_G, i, G, 'zyx')}",
    ),
    "logger/Gyroscope.csv": table(
        "time,seconds_elapsed,z,y,x",
        lambda i: f"{EPOCH_MS + 20 * i}000000,{i / 50},{xyz(GYR_DPS, i, math.pi / 180, 'zyx')}",
    ),
    "android/TotalAcceleration.csv": table(
        "time,seconds_elapsed,z,y,x",
        lambda i: f"{EPOCH_MS + 20 * i}000000,{i / 50},{xyz(ACC_G, i, G, 'zyx')}",
    ),
    "ios/AccelerometerUncalibrated.csv": table(
        "time,seconds_elapsed,z,y,x",
        lambda i: f"{EPOCH_MS + 20 * i}000000,{i / 50},{xyz(ACC_G, i, 1.0, 'zyx')}",
    ),
    "WristMotion.csv": table(
        "time,seconds_elapsed,rotationRateX,rotationRateY,rotationRateZ,gravityX,gravityY,gravityZ,"
        "accelerationX,accelerationY,accelerationZ",
        lambda i: (
            f"{EPOCH_MS + 20 * i}000000,{i / 50},{xyz(GYR_DPS, i, math.pi / 180)},"
            f"{xyz(GRAVITY_G, i)},{xyz(ACC_G - GRAVITY_G, i)}"
        ),
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


WITH_GYRO = ("witmotion.txt", "witmotion.csv", "sample_program.txt", "movesense_imu6.csv", "WristMotion.csv")
WITHOUT = (
    "Squat_MetaWear_2026-03-01T10.20.30_C4_Accelerometer_50.0Hz.csv",
    "movesense_acc.csv",
    "Raw Data.csv",
    "Accelerometer.csv",
    "android/TotalAcceleration.csv",
    "ios/AccelerometerUncalibrated.csv",
)


def same(samples: SampleBatch, *, gyro: bool, within: float = 2e-5) -> None:
    assert samples.time_s - samples.time_s[0] == pytest.approx(TIME_S, abs=1e-4)
    assert samples.acceleration_mps2 == pytest.approx(ACC_G * G, abs=within)
    if not gyro:
        assert samples.angular_velocity_radps is None
        return
    assert samples.angular_velocity_radps is not None
    assert samples.angular_velocity_radps == pytest.approx(np.deg2rad(GYR_DPS), abs=within)


@pytest.mark.parametrize("name", [*WITH_GYRO, *WITHOUT])
def test_one_file_is_read_as_what_it_is(folder: Path, name: str) -> None:
    recording = read_recording(folder / name)
    same(recording.samples, gyro=name in WITH_GYRO)
    assert recording.warnings[0].startswith("read as a file of ")
    assert ("no gyroscope" in recording.warnings[0]) == (name in WITHOUT)
    assert len(recording.warnings) == 1


def test_what_the_columns_were_taken_for_is_said(folder: Path) -> None:
    assert read_recording(folder / "Raw Data.csv").warnings[0] == (
        'read as a file of phyphox: time from "Time (s)"; acceleration with gravity, m/s², from '
        '"Acceleration x (m/s^2)", "Acceleration y (m/s^2)", "Acceleration z (m/s^2)"; no gyroscope'
    )
    assert (
        "acceleration with gravity, g, from"
        in (read_recording(folder / "ios/AccelerometerUncalibrated.csv").warnings[0])
    )


@pytest.mark.parametrize(
    "names",
    [
        (WITHOUT[0], "Squat_MetaWear_2026-03-01T10.20.30_C4_Gyroscope_50.0Hz.csv"),
        ("movesense_gyro.csv", "movesense_acc.csv"),
        ("Raw Data.csv", "Gyroscope.csv"),
        ("logger/Accelerometer.csv", "logger/Gravity.csv", "logger/Gyroscope.csv"),
        ("logger",),
    ],
)
def test_files_of_one_recording_are_joined(folder: Path, names: tuple[str, ...]) -> None:
    same(join_recordings([folder / name for name in names]).samples, gyro=True)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("logger/Accelerometer.csv", "acceleration without gravity only, and reps need"),
        ("logger/Accelerometer.csv", "hardset import-recording Accelerometer.csv Gravity.csv -o OUT.csv"),
        ("logger/Gravity.csv", "gravity alone"),
        ("Gyroscope.csv", "hardset import-recording ACCELEROMETER.csv Gyroscope.csv -o OUT.csv"),
        ("Squat_Linear Acceleration.csv", "record the Accelerometer instead"),
    ],
)
def test_half_a_recording_says_what_to_do(folder: Path, name: str, says: str) -> None:
    with pytest.raises(PartOfARecording) as caught:
        read_recording(folder / name)
    assert says in str(caught.value)


def test_phyphox_without_gravity_is_told_apart(tmp_path: Path) -> None:
    new = ",".join(['"Time (s)"', *(f'"Linear Acceleration {axis} (m/s^2)"' for axis in "xyz")])
    old = '"Time (s)","X (m/s^2)","Y (m/s^2)","Z (m/s^2)"'
    for header, name in ((new, "Raw Data.csv"), (old, "Linear Accelerometer.csv")):
        path = tmp_path / name
        path.write_text(table(header, lambda i: f"{i / 50},{xyz(ACC_G - GRAVITY_G, i, G)}"))
        with pytest.raises(PartOfARecording, match="Acceleration \\(with g\\)"):
            read_recording(path)


def test_numbers_overrule_a_misleading_name(tmp_path: Path) -> None:
    text = FILES["android/TotalAcceleration.csv"]
    for name in ("Accelerometer.csv", "my squats.csv"):
        (tmp_path / name).write_text(text)
        same(read_recording(tmp_path / name).samples, gyro=False)
    (tmp_path / "what.csv").write_text(FILES["logger/Gyroscope.csv"])
    with pytest.raises(HeaderNotUnderstood, match="keep that name"):
        read_recording(tmp_path / "what.csv")


def test_a_standardised_watch_writes_in_mps2(tmp_path: Path) -> None:
    header = FILES["WristMotion.csv"].partition("\n")[0]
    path = tmp_path / "WristMotion.csv"
    path.write_text(
        table(
            header,
            lambda i: (
                f"{i},{i / 50},{xyz(GYR_DPS, i, math.pi / 180)},{xyz(GRAVITY_G, i, G)},"
                f"{xyz(ACC_G - GRAVITY_G, i, G)}"
            ),
        )
    )
    same(read_recording(path).samples, gyro=True)


def test_several_sensors_in_one_file_have_to_be_chosen_from(folder: Path) -> None:
    header, *rows = FILES["witmotion.csv"].splitlines()
    other = [row.replace("WT901(01)", "WT901(02)").replace("0.2", "0.3") for row in rows]
    mixed = [line for pair in zip(rows, other, strict=True) for line in pair]
    path = folder / "two.csv"
    # The program repeats its header each time a sensor joins.
    path.write_text("\n".join([header, *mixed[:100], header, *mixed[100:]]) + "\n")
    with pytest.raises(SeveralSensors) as caught:
        read_recording(path)
    assert '--device "WT901(01)"' in str(caught.value)
    assert "WT901(02)" in str(caught.value)
    same(read_recording(path, "WT901(01)").samples, gyro=True)
    with pytest.raises(SeveralSensors):
        read_recording(path, "WT901(03)")


def test_the_degree_sign_of_the_chinese_encoding_and_lines_before_the_header(tmp_path: Path) -> None:
    path = tmp_path / "wit.txt"
    path.write_bytes(("StartTime: 2026-03-01 10:20:30\n" + FILES["witmotion.txt"]).encode("gb18030"))
    same(read_recording(path).samples, gyro=True)


def test_good_rows_of_a_bad_vendor_file_are_kept(folder: Path) -> None:
    lines = FILES["witmotion.csv"].splitlines()
    lines.insert(50, "2026-10-02T10:20:30,WT901(01),null,oops")
    lines.insert(90, lines[90].replace(",0.2", ",zwei", 1))
    path = folder / "bad.csv"
    path.write_text("\n".join(lines) + "\n2026-10-02T10:2")
    recording = read_recording(path)
    same(recording.samples, gyro=True)
    assert recording.warnings[1:] == (
        "the last line (204) is cut off and was left out",
        "2 lines that can't be read were left out, the first is 51",
    )
    path.write_text(lines[0] + "\n" + "rubbish\n" * 90)
    with pytest.raises(LineNotUnderstood, match="line 2"):
        read_recording(path)


def test_streams_of_different_rates_are_interpolated_and_holes_kept(tmp_path: Path) -> None:
    acc = '"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)","Acceleration z (m/s^2)"'
    gyr = '"Time (s)","Gyroscope x (rad/s)","Gyroscope y (rad/s)","Gyroscope z (rad/s)"'
    fast = np.arange(0, 10, 0.01)
    slow = np.arange(0.5, 9, 0.04)
    slow = slow[(slow < 3) | (slow > 4)]
    (tmp_path / "Accelerometer.csv").write_text(
        "\n".join([acc, *(f"{t:.4f},0,{t:.4f},9.81" for t in fast)]) + "\n"
    )
    (tmp_path / "Gyroscope.csv").write_text("\n".join([gyr, *(f"{t:.4f},{t:.4f},0,0" for t in slow)]) + "\n")
    recording = join_recordings([tmp_path])
    samples = recording.samples
    assert samples.angular_velocity_radps is not None
    assert samples.acceleration_mps2[:, 1] == pytest.approx(samples.time_s + 0.5, abs=1e-3)
    assert samples.angular_velocity_radps[:, 0] == pytest.approx(samples.time_s + 0.5, abs=1e-3)
    assert np.diff(samples.time_s).max() == pytest.approx(1.04, abs=0.05)
    assert any("left out" in note for note in recording.warnings)
    assert any("interpolated" in note for note in recording.warnings)


def test_what_else_lies_in_an_exported_folder_is_named_or_passed_over(folder: Path) -> None:
    (folder / "logger" / "Metadata.csv").write_text("version,device name,platform\n3,phone,android\n")
    (folder / "logger" / "GyroscopeUncalibrated.csv").write_text(FILES["logger/Gyroscope.csv"])
    (folder / "logger" / "TotalAcceleration.csv").write_text(FILES["android/TotalAcceleration.csv"])
    (folder / "logger" / "meta").mkdir()
    (folder / "logger" / "meta" / "time.csv").write_text('"event","experiment time"\n"START",0\n')
    recording = join_recordings([folder / "logger"])
    same(recording.samples, gyro=True)
    said = "; ".join(recording.warnings)
    assert "not used: Metadata.csv" in said
    assert "not used: GyroscopeUncalibrated.csv, since Gyroscope.csv holds angular velocity too" in said
    assert "not used: Gravity.csv, gravity alone" in said
    (folder / "empty").mkdir()
    with pytest.raises(NothingMeasured, match="no file in this folder"):
        join_recordings([folder / "empty"])


def test_files_that_do_not_fit(folder: Path) -> None:
    with pytest.raises(FilesDoNotFit, match="both hold acceleration with gravity"):
        join_recordings([folder / "Raw Data.csv", folder / "movesense_acc.csv"])
    with pytest.raises(FilesDoNotFit, match="don't overlap"):
        join_recordings([folder / WITHOUT[0], folder / "Gyroscope.csv"])
    with pytest.raises(FilesDoNotFit, match="no acceleration with gravity"):
        join_recordings([folder / "logger/Gravity.csv", folder / "Gyroscope.csv"])


def test_the_command_joins_and_writes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "joined.csv"
    args = ["import-recording", str(folder / "logger"), "--exercise", "back_squat"]
    assert run(args) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert not out.exists()
    assert run([*args, "--placement", "bar", "--load", "100", "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "read as a file of Sensor Logger" in said
    assert "200 samples in 4.0 s (50.0 Hz), with gyroscope" in said
    again = read_recording(out)
    same(again.samples, gyro=True, within=1e-4)
    assert again.sidecar.exercise == "back_squat"
    assert again.sidecar.load_kg == 100
    assert run(["import-recording", str(out), "-o", str(out)]) == 2


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("07:48:45.830", 28125.83),
        ("2026-10-02T07:48:45", None),
        (" 2024-3-19 16:44:16.689", None),
        ("10/2/2026 7:48:45 AM", None),
        ("25/12/2026 12:00:00", None),
        ("2026-02-31 10:00:00", "bad"),
        ("yesterday", "bad"),
    ],
)
def test_stamps(text: str, seconds: float | str | None) -> None:
    found = seconds_of(text)
    if seconds == "bad":
        assert found is None
    else:
        assert found is not None
        assert seconds is None or found == pytest.approx(seconds)


@given(
    first=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),
    gap_ms=st.integers(0, 10**9),
)
@settings(max_examples=50)
def test_differences_of_stamps_are_exact(first: datetime, gap_ms: int) -> None:
    second = first + timedelta(milliseconds=gap_ms)
    a, b = seconds_of(first.isoformat(" ")), seconds_of(second.isoformat())
    assert a is not None
    assert b is not None
    assert b - a == pytest.approx((second - first).total_seconds(), abs=1e-4)


@given(
    name=st.sampled_from(sorted(FILES)),
    text=st.text(alphabet="0123456789.,;-:e\n\t T/naulAP", max_size=300),
    rows=st.integers(0, 40),
)
@settings(max_examples=120, deadline=None)
def test_no_text_under_a_known_header_makes_the_reader_fall(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str, rows: int
) -> None:
    path = tmp_path_factory.mktemp("any") / Path(name).name
    lines = FILES[name].splitlines()
    path.write_text("\n".join(lines[: 1 + rows]) + "\n" + text, encoding="utf-8")
    with suppress(HardsetError):
        samples = read_recording(path).samples
        assert np.isfinite(samples.acceleration_mps2).all()
        assert (np.diff(samples.time_s) >= 0).all()


def test_a_time_of_day_goes_on_after_midnight() -> None:
    times = np.array([86399.0, 86399.5, 0.0, 0.5])
    assert over_midnight(times) == pytest.approx([86399.0, 86399.5, 86400.0, 86400.5])


def reps_of(path: Path, capsys: pytest.CaptureFixture[str], *args: str) -> list[float]:
    assert run(["analyze", "--json", *args, str(path)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    return [rep["mean_velocity_mps"] for found in json.loads(line)["sets"] for rep in found["reps"]]


def test_an_export_gives_the_reps_of_the_recording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = Path(__file__).parents[3] / "fixtures" / "bench_paused.csv"
    samples = read_recording(original).samples
    assert samples.angular_velocity_radps is not None
    columns = np.hstack([samples.time_s[:, None], samples.acceleration_mps2, samples.angular_velocity_radps])
    wit = ["time,DeviceName,ChipTime(),AccX(g),AccY(g),AccZ(g),AsX(°/s),AsY(°/s),AsZ(°/s)"]
    apple = ["time,seconds_elapsed,rotationRateX,rotationRateY,rotationRateZ,gravityX,gravityY,gravityZ,"]
    apple[0] += "accelerationX,accelerationY,accelerationZ"
    for t, *values in columns:
        acc, gyr = np.array(values[:3]) / G, np.array(values[3:])
        moment = (datetime(2026, 3, 1, 23, 59, 50) + timedelta(seconds=t)).isoformat(timespec="milliseconds")
        wit.append(",".join([moment, "WT901", "null", *(f"{v:.5f}" for v in [*acc, *np.rad2deg(gyr)])]))
        # On iOS gravity and acceleration have the opposite sign, on all axes, and the turning has not.
        split = [*gyr, 0, 0, -1, *(-acc - [0, 0, -1])]
        apple.append(",".join(["0", f"{t:.4f}", *(f"{v:.6f}" for v in split)]))
    expected = reps_of(original, capsys)
    assert len(expected) >= 4
    for name, lines in (("wit.csv", wit), ("WristMotion.csv", apple)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = reps_of(tmp_path / name, capsys, "--exercise", "bench_press", "--placement", "bar")
        assert found == pytest.approx(expected, abs=0.005)
