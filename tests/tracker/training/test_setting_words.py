"""Settings as people type them: what is shown can be typed again, and is checked like JSON."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardset.tracker.errors import EntryNotUnderstood
from hardset.tracker.training.setting_words import (
    carried_words,
    plates_typed,
    setting_words,
    typed_band,
    typed_value,
)
from hardset.tracker.training.settings import (
    SETTINGS,
    Settings,
    carried_over,
    settings_from_rows,
    with_setting,
)


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


@given(
    st.none() | st.floats(3, 110).map(lambda x: round(x, 3)),
    st.none() | st.dictionaries(sizes, st.integers(1, 20), min_size=1),
    st.sampled_from(("kg", "lb")),
)
def test_there_and_back_again_nothing_has_changed(
    bar: float | None, plates: dict[float, int] | None, unit: Literal["kg", "lb"]
) -> None:
    pairs = None if plates is None else tuple(sorted(plates.items(), reverse=True))
    first = Settings(unit=unit, bar=bar, plates=pairs)
    there = moved(first, "lb" if unit == "kg" else "kg")
    assert there.to_kg(there.bar_in_unit) == pytest.approx(first.to_kg(first.bar_in_unit)) or bar is None
    assert moved(there, unit) == first
    assert carried_over(first, unit) == {}


def moved(settings: Settings, unit: Literal["kg", "lb"]) -> Settings:
    """As the log keeps them."""
    own = {"bar": settings.bar, "plates": settings.plates, "unit": unit, **carried_over(settings, unit)}
    return settings_from_rows({name: json.dumps(value) for name, value in own.items()})


@pytest.mark.parametrize(("bar", "unit", "other"), [(250.0, "kg", "lb"), (1.0, "lb", "kg")])
def test_a_bar_that_cannot_be_gives_way_to_the_usual(bar: float, unit: Any, other: Any) -> None:
    assert moved(Settings(unit=unit, bar=bar), other) == Settings(unit=other)


def test_what_a_change_of_the_unit_has_done_is_said() -> None:
    assert carried_words(Settings(unit="lb")) == ""
    words = carried_words(moved(Settings(bar=15.0, plates=((20.0, 2), (1.25, 1))), "lb"))
    assert words == (
        "Your own weigh what they did: bar 33.0693 lb, plates 44.0925x2, 2.75578 lb; "
        "'usual' takes a usual gym's in lb."
    )
    assert "plates" not in carried_words(moved(Settings(bar=15.0), "lb"))
