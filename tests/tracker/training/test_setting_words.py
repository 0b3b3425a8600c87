"""Settings as people type them: what is shown can be typed again, and is checked like JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.setting_words import plates_typed, setting_words, typed_band, typed_value
from hardset.tracker.training.settings import SETTINGS, Settings, with_setting


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("protein_g_per_kg", "1.6-2.2", (1.6, 2.2)),
        ("protein_g_per_kg", "1,6 – 2,2", (1.6, 2.2)),
        ("surplus_pct", "-10 to 5", (-10.0, 5.0)),
        ("surplus_pct", "[5, 10]", (5.0, 10.0)),
        ("plates", "20x2, 10, 1.25", ((20.0, 2), (10.0, 1), (1.25, 1))),
        ("plates", '{"20": 2}', ((20.0, 2),)),
        ("sound", "off", False),
        ("unit", "lb", "lb"),
        ("stop_at_loss_pct", "20", 20.0),
    ],
)
def test_typed(name: str, text: str, value: Any) -> None:
    assert getattr(with_setting(Settings(), name, typed_value(name, text)), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("protein_g_per_kg", "much"),
        ("surplus_pct", "10-5"),
        ("plates", "20x-1"),
        ("theme", "pink"),
        ("bar", "x"),
    ],
)
def test_what_cannot_be_is_refused(name: str, text: str) -> None:
    with pytest.raises(EntryNotUnderstood, match="for instance"):
        with_setting(Settings(), name, typed_value(name, text))


def test_every_setting_has_words() -> None:
    for one in SETTINGS:
        assert setting_words(Settings(), one.name)
    assert setting_words(Settings(surplus_pct=(-10.0, 5.0)), "surplus_pct") == "-10 to 5"
    assert setting_words(Settings(bands={"soleus": (4.0, 8.0)}), "bands") == "soleus 4-8, others usual"


sizes = st.sampled_from((0.5, 1.25, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0))


@given(st.dictionaries(sizes, st.integers(1, 20), min_size=1))
def test_plates_as_shown_are_plates_as_typed(pairs: dict[float, int]) -> None:
    settings = Settings(plates=tuple(sorted(pairs.items(), reverse=True)))
    again = with_setting(Settings(), "plates", typed_value("plates", plates_typed(settings)))
    assert again.plates == settings.plates


def test_bands() -> None:
    assert typed_band("12-20") == [12.0, 20.0]
    with pytest.raises(EntryNotUnderstood, match="two numbers"):
        with_setting(Settings(), "bands", {"soleus": typed_band("many")})
