"""The printed week: one file, nothing fetched, the same figures as the commands."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from built_log import answer, build, hardset

from hardset.tracker.cli import run
from hardset.tracker.simulation.example_history import Habits, example_history

WEEK = "2026-W47"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    build(folder / "log.db", folder, example_history(Habits(weeks=4, rir=5.0), 2))
    return folder / "log.db"


def written(db: Path, folder: Path, week: str = WEEK, *more: str) -> str:
    out = folder / "week.html"
    hardset(db, "report", "--week", week, "-o", out, *more)
    return out.read_text(encoding="utf-8")


def drawings(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)]


def text_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_it_needs_no_network_and_its_drawings_are_sound(built: Path, tmp_path: Path) -> None:
    page = written(built, tmp_path)
    assert "<script" not in page
    assert "<link" not in page
    assert "url(" not in page
    assert set(re.findall(r"https?://[^\"'\s]+", page)) == {"http://www.w3.org/2000/svg"}
    drawn = drawings(page)
    assert len(drawn) == 5
    for svg in drawn:
        _, _, width, height = (float(part) for part in svg.attrib["viewBox"].split())
        assert svg.attrib["aria-label"]
        for mark in svg.iter():
            for name in ("x", "x1", "x2", "cx"):
                assert -1 <= float(mark.attrib.get(name, 0)) <= width + 1
            for name in ("y", "y1", "y2", "cy"):
                assert -1 <= float(mark.attrib.get(name, 0)) <= height + 1


def test_its_figures_are_those_of_week_and_legs(built: Path, tmp_path: Path) -> None:
    said = text_of(written(built, tmp_path))
    for one in answer(built, "week", "--week", WEEK)["muscles"]:
        if one["all_sets"]:
            low, high = f"{one['low80']:.0f}", f"{one['high80']:.0f}"
            assert f"{one['hard_sets']:.1f} ({low}–{high}) of {one['all_sets']:g}" in said
    legs = answer(built, "legs")
    assert legs["limiting"]["cause"] == "intensity"
    assert legs["limiting"]["evidence"] in said
    assert legs["limiting"]["action"] in said
    for check in legs["checks"]:
        assert check["evidence"] in said


def test_each_measured_set_has_its_curve(built: Path, tmp_path: Path) -> None:
    velocities = drawings(written(built, tmp_path))[3]
    curves = [m for m in velocities.iter() if m.attrib.get("class") == "curve"]
    assert len(curves) == 4
    assert [len(curve.attrib["points"].split()) for curve in curves] == [6, 8, 7, 9]


def test_a_week_ends_with_its_sunday(built: Path, tmp_path: Path) -> None:
    earlier = text_of(written(built, tmp_path, "2026-W44"))
    assert "Too early to tell" in earlier
    assert "No sensor was used this week." in earlier


def test_an_empty_week_says_so(built: Path, tmp_path: Path) -> None:
    empty = text_of(written(built, tmp_path, "2026-W20"))
    assert "No work sets this week." in empty
    assert "No leg sets in eight weeks." in empty


def test_names_are_no_markup(tmp_path: Path) -> None:
    db = tmp_path / "log.db"
    hardset(db, "log", "back_squat", 100, 8, "--rir", 1, "--lifter", "<b>Ann & Bo</b>")
    page = written(db, tmp_path, WEEK, "--lifter", "<b>Ann & Bo</b>")
    assert "<b>" not in page
    assert "Ann & Bo" in text_of(page)


def test_a_folder_that_is_not_there_gets_one_sentence(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "week.html"
    assert run(["report", "--week", WEEK, "-o", str(out), "--db", str(built)]) == 1
    assert str(out) in capsys.readouterr().err
