"""Numbers, dates and efforts as other programs write them."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import datetime

KG_PER_LB = 0.45359237
HEAVIEST_KG = 1000.0
MOST_REPS = 999
FIRST_YEAR, LAST_YEAR = 1980, 2100

# First letters of the months in English, German, French, Spanish, Italian and Portuguese, accents dropped.
_MONTHS = (
    *(("jan", 1), ("ene", 1), ("gen", 1), ("feb", 2), ("fev", 2), ("mar", 3), ("mrz", 3), ("apr", 4)),
    *(("avr", 4), ("abr", 4), ("may", 5), ("mai", 5), ("mag", 5), ("juin", 6), ("jun", 6), ("giu", 6)),
    *(("juil", 7), ("jul", 7), ("lug", 7), ("aug", 8), ("aou", 8), ("ago", 8), ("sep", 9), ("set", 9)),
    *(("oct", 10), ("okt", 10), ("ott", 10), ("out", 10), ("nov", 11), ("dec", 12), ("dez", 12), ("dic", 12)),
)
_WORDY = re.compile(
    r"(?P<day>\d{1,2})[.]?\s+(?:de\s+)?(?P<month>[^\W\d]+)[.]?,?\s+(?:de\s+)?(?P<year>\d{4}),?\s+"
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?\s*(?P<half>[ap][.]?m[.]?)?$",
    re.IGNORECASE,
)
_WORDY_MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d]+)[.]?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4}),?\s+"
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?\s*(?P<half>[ap][.]?m[.]?)?$",
    re.IGNORECASE,
)


def number(text: str) -> float | None:
    """A number with a point or a decimal comma; None for an empty cell. Raises ValueError."""
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if "," in text and "." in text:
        # The last of the two is the decimal one: 1,250.5 and 1.250,5.
        thousands, decimal = (",", ".") if text.rindex(".") > text.rindex(",") else (".", ",")
        text = text.replace(thousands, "").replace(decimal, ".")
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def load_kg(text: str, unit: str) -> float | None:
    """A load in kg. Raises ValueError in words for a user."""
    try:
        value = number(text)
    except ValueError:
        raise ValueError(f"the weight '{text}' is no number") from None
    if value is None:
        return None
    kg = value * KG_PER_LB if unit == "lb" else value
    if not 0 <= kg <= HEAVIEST_KG:
        raise ValueError(f"the weight {text} {unit} is not between 0 and {HEAVIEST_KG:g} kg")
    return kg


def rep_count(text: str) -> int:
    """Whole repetitions, 0 where there are none. Raises ValueError in words for a user."""
    try:
        value = number(text) or 0.0
    except ValueError:
        raise ValueError(f"'{text}' repetitions") from None
    if value != int(value) or not 0 <= value <= MOST_REPS:
        raise ValueError(f"{text} repetitions")
    return int(value)


def rir_of_rpe(text: str) -> float | None:
    """Felt reps in reserve, 10 - RPE; None for an empty cell or 0. Raises ValueError in words for a user.

    Source: the repetitions-in-reserve based RPE scale (Zourdos 2016).
    """
    try:
        value = number(text)
    except ValueError:
        raise ValueError(f"the RPE '{text}' is no number") from None
    if not value:
        return None
    if not 1 <= value <= 10:
        raise ValueError(f"the RPE {text} is not between 1 and 10")
    return 10.0 - value


def moment(text: str) -> datetime:
    """A date and time: 2026-05-12 07:30:00, its ISO form, or 22 Dec 2025, 08:00.

    Raises ValueError in words for a user.
    """
    at = _moment(text.strip())
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"the date '{text}' is not between {FIRST_YEAR} and {LAST_YEAR}")
    return at


def _moment(text: str) -> datetime:
    match = _WORDY.match(text) or _WORDY_MONTH_FIRST.match(text)
    if match is None:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"the date '{text}' is not understood") from None
    hour = int(match["h"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    try:
        return datetime(
            *(int(match["year"]), _month(match["month"]), int(match["day"])),
            *(hour, int(match["m"]), int(match["s"] or 0)),
        )
    except ValueError:
        raise ValueError(f"the date '{text}' is not understood") from None


def _month(word: str) -> int:
    plain = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    for letters, month in _MONTHS:
        if plain.startswith(letters):
            return month
    raise ValueError(word)
