"""What docs/sensors.md promises of profiles and sensors is so."""

from __future__ import annotations

import re
from pathlib import Path

from hardset.tracker.sensors.profile_reader import read_profile
from hardset.tracker.sensors.registry import WITH_A_DECODER

PAGE = (Path(__file__).parents[1] / "docs" / "sensors.md").read_text(encoding="utf-8")


def test_the_profile_of_the_page_is_a_profile(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    path = tmp_path / "my_board.toml"
    path.write_text(text, encoding="utf-8")
    profile = read_profile(path)
    assert profile.id == "my_board"
    assert profile.rates_hz == (50.0, 100.0, 200.0, 400.0)
    assert profile.has_gyroscope


def test_every_sensor_with_a_decoder_is_on_the_page() -> None:
    for model in WITH_A_DECODER:
        word = model.name.split(",")[0].split()[0]
        assert word in PAGE, model.name
