"""The printable week: one HTML file that needs nothing else."""

from __future__ import annotations

from html import escape

from hardset.tracker.report.document import document
from hardset.tracker.report.muscle_charts import muscle_bars, weeks_panels
from hardset.tracker.report.set_charts import (
    SHOWN_EXERCISES,
    SHOWN_SETS,
    reserve_bars,
    strength_panels,
    velocity_panels,
)
from hardset.tracker.report.week_report import WeekReport
from hardset.tracker.training.check import words
from hardset.tracker.training.diagnosis import FIXED
from hardset.tracker.training.volume import LEG_MUSCLES

SIGNS = {"ok": "✓ ok", "short": "✗ short", "unknown": "? unknown"}


def page(report: WeekReport) -> str:
    """The whole file as text."""
    days, who = report.volume.days, report.volume.lifter
    title = f"Week {report.week}" + (f", {who}" if who else "")
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="soft">{days.first:%d %B} to {days.last:%d %B %Y}. Made by hardset from your own log.</p>',
        _limiting(report),
        _section("Hard sets of each muscle", _muscles(report)),
        _section("The weeks before", _weeks(report)),
        _section("How far from failure", _reserve(report)),
        _section("Velocity of each set", _velocities(report)),
        _section("Strength", _strength(report)),
        _section("Every check", _checks(report)),
    ]
    body = "\n".join(parts)
    return document(title, body)


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{body}</section>"


def _soft(said: str) -> str:
    return f'<p class="soft">{escape(said)}</p>'


def _limiting(report: WeekReport) -> str:
    limiting = report.diagnosis.limiting
    titles = {"none": "Nothing stands out", "too_early": "Too early to tell"}
    title = titles.get(limiting.area, f"What holds you back: {words(limiting.cause)}")
    return (
        f'<section class="limiting"><h2 style="margin-top:0">{escape(title)}</h2>'
        f"<p>{escape(limiting.evidence)}</p><p><strong>→ {escape(limiting.action)}</strong></p></section>"
    )


def _muscles(report: WeekReport) -> str:
    shown = [one for one in report.volume.muscles if one.all_sets or one.muscle in LEG_MUSCLES]
    low, high = report.calves.interval80
    said = (
        "Bar: expected number of hard sets; line: 80 % interval, errors shared between sets; shaded: the "
        "band (practice, for calves an opinion). In brackets the interval, then all work sets. Calves, each "
        f"set once: {report.calves.mean:.1f} ({low:.0f}–{high:.0f})."
    )
    if report.volume.missing:
        said += f" No set of: {', '.join(words(name) for name in report.volume.missing)}."
    return muscle_bars(shown) + _soft(said)


def _weeks(report: WeekReport) -> str:
    shown = [
        (muscle, report.trend[muscle], report.settings.band(muscle))
        for muscle in LEG_MUSCLES
        if any(report.trend[muscle])
    ]
    return weeks_panels(report.weeks, shown) if shown else _soft("No leg sets in eight weeks.")


def _reserve(report: WeekReport) -> str:
    if not report.work:
        return _soft("No work sets this week.")
    said = (
        "Expected numbers: each set is spread over what it may have been. Felt reserves err by about a rep."
    )
    return reserve_bars(report.work, report.settings.hard_rir) + _soft(said)


def _velocities(report: WeekReport) -> str:
    measured = report.measured[:SHOWN_SETS]
    if not measured:
        return _soft("No sensor was used this week.")
    names = [
        f"{one.at:%a} {report.name_of(one.exercise)[:24]}" + (f" {one.load_kg:g} kg" if one.load_kg else "")
        for one in measured
    ]
    more = len(report.measured) - len(measured)
    return velocity_panels(measured, names) + (_soft(f"{more} more sets are in the log.") if more else "")


def _strength(report: WeekReport) -> str:
    if not report.strength:
        return _soft("Two sessions of an exercise with load are needed.")
    shown = [
        (
            report.name_of(id)[:30],
            [session for session in over_time if session.e1rm_kg is not None],
        )
        for id, over_time in report.strength[:SHOWN_EXERCISES]
    ]
    said = "Estimated one-repetition maximum and its 80 % interval; it is 5-8 % off for a single lifter."
    return strength_panels(shown) + _soft(said)


def _checks(report: WeekReport) -> str:
    rows = []
    for one in report.diagnosis.checks:
        found = escape(one.evidence)
        if one.status != "ok":
            found += f"<br>wanted: {escape(one.want)}<br><strong>→ {escape(one.action)}</strong>"
        if one.status == "short" and one.differs:
            found += f'<br><span class="soft">{escape(one.differs)}</span>'
        rows.append(
            f'<tr><th>{escape(words(one.cause))}</th><td class="{one.status}">{SIGNS[one.status]}</td>'
            f"<td>{found}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>" + "".join(_soft(said) for said in FIXED)
