"""`hardset rir`: velocities measured anywhere in, reps in reserve out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hardset.tracker.commands.json_lines import json_object, numbered_lines
from hardset.tracker.errors import EntryNotUnderstood, FileUnreadable, HardsetError, UnknownExercise

if TYPE_CHECKING:
    from hardset.signal.advice import Advice
    from hardset.signal.exercise import Exercise, Placement
    from hardset.signal.rir import LifterState, RirEstimate, SetEvidence

NUMBERS = ("rir_at_end", "felt_rir", "days_ago", "load_kg")
LISTS = ("velocities", "velocity_sds", "roms")
FLAGS = ("failed", "to_failure")
SITES = ("bar", "wrist", "thigh", "shank", "stack", "pelvis", "foot")
FASTEST_BAR_MPS = 5.0
Json = dict[str, Any]


@click.command(
    short_help="Estimate reps in reserve from velocities measured elsewhere.",
    epilog="Example:  hardset rir --exercise back_squat --velocities 0.62,0.58,0.55,0.49,0.42",
)
@click.option("--exercise", metavar="ID", help="What was done, for instance back_squat.")
@click.option(
    "--velocities", metavar="V,V,...", help="Mean velocity of each rep: m/s on a bar, °/s on a limb."
)
@click.option("--placement", type=click.Choice(SITES), help="Where the sensor sat.")
@click.option("--history", type=click.Path(path_type=Path), metavar="FILE.json", help="Earlier sets.")
@click.option("--session", metavar="NAME", help="Name of today's session, as in the history.")
@click.option("--felt", "felt_rir", type=float, metavar="RIR", help="What the lifter felt was left.")
@click.option("--load", "load_kg", type=float, metavar="KG", help="Load of the set.")
@click.option("--target", type=click.IntRange(0, 8), default=2, show_default=True, help="RIR to stop at.")
@click.option(
    "--stop-at-loss",
    "loss_limit",
    type=click.FloatRange(1, 90),
    metavar="PCT",
    help="Advise by velocity loss instead of by RIR.",
)
@click.option(
    "--from",
    "many",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE.jsonl",
    help="Many sets, one JSON object a line (- for standard input).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a set.")
def rir(
    exercise: str | None,
    velocities: str | None,
    placement: str | None,
    history: Path | None,
    session: str | None,
    felt_rir: float | None,
    load_kg: float | None,
    target: int,
    loss_limit: float | None,
    many: Path | None,
    as_json: bool,
) -> None:
    """Estimate reps in reserve from velocities measured elsewhere.

    The history is a JSON list of sets: {"velocities": [...], "rir_at_end": 0, "felt_rir": 1,
    "session": "monday", "days_ago": 3}, of which only the velocities are required. The lines of
    --from hold the same, with "exercise", "placement" and a "history" of their own.
    """
    if (many is None) == (velocities is None):
        raise click.UsageError("Give either --velocities or --from.")
    estimator = _Estimator()
    if many is None:
        one: Json = {
            "exercise": exercise,
            "placement": placement,
            "velocities": _numbers_of(velocities or ""),
            "session": session,
            "felt_rir": felt_rir,
            "load_kg": load_kg,
            "history": [] if history is None else _read_history(history),
        }
        _show(estimator.answer(one, "The set"), _adviser(one, target, loss_limit), as_json=as_json)
        return
    if history is not None:
        raise click.UsageError("--from takes each line's own history: leave --history out.")
    failed = False
    for place, line in numbered_lines(many):
        try:
            one = {"exercise": exercise, "placement": placement, **json_object(line, place, "'velocities'")}
            answer = estimator.answer(one, place)
        except HardsetError as error:
            failed = True
            if as_json:
                click.echo(json.dumps({"line": int(place.rpartition(" ")[2]), "error": str(error)}))
            click.echo(f"hardset: {error}", err=True)
            continue
        _show(answer, _adviser(one, target, loss_limit), as_json=as_json)
    if failed:
        click.get_current_context().exit(1)


class _Estimator:
    """Answers sets; remembers what histories taught, since many lines may share one."""

    def __init__(self) -> None:
        self._exercises: dict[tuple[str, Placement | None], Exercise] = {}
        self._states: dict[str, LifterState | None] = {}

    def answer(self, one: Json, where: str) -> RirEstimate:
        """The estimate of one set given as an object of the contract."""
        from hardset.signal.rir import estimate_last

        placement = self._placement(one.get("placement"), where)
        exercise = self._exercise(one.get("exercise"), placement, where)
        try:
            evidence = _evidence(one, placement, where)
            state = self._learned(one, evidence, exercise, placement, where)
            return estimate_last(evidence, exercise, state)
        except ValueError as error:
            raise EntryNotUnderstood(where, str(error)) from None

    def _learned(
        self,
        one: Json,
        evidence: SetEvidence,
        exercise: Exercise | None,
        placement: Placement | None,
        where: str,
    ) -> LifterState | None:
        from dataclasses import replace

        from hardset.signal.exercise import Placement
        from hardset.signal.rir import learn_history

        history = one.get("history") or []
        if not isinstance(history, list):
            raise EntryNotUnderstood(where, "'history' must be a list of sets")
        if placement is None:
            # Earlier sets were measured as this one is.
            placement = Placement.THIGH if evidence.on_limb else Placement.BAR
        key = json.dumps([one.get("exercise"), placement.value, evidence.session, history])
        if key not in self._states:
            earlier = []
            for number, past in enumerate(history, start=1):
                place = f"{where}, set {number} of the history"
                if not isinstance(past, dict):
                    raise EntryNotUnderstood(place, "must be an object with 'velocities'")
                try:
                    earlier.append(replace(_evidence(past, placement, place), placement=placement))
                except ValueError as error:
                    raise EntryNotUnderstood(place, str(error)) from None
            self._states[key] = learn_history(earlier, exercise, current_session=evidence.session)
        return self._states[key]

    def _exercise(self, id: object, placement: Placement | None, where: str) -> Exercise | None:
        from hardset.tracker.training.catalogue import exercise as look_up

        if id is None:
            return None
        if not isinstance(id, str):
            raise EntryNotUnderstood(where, "'exercise' must be an id such as back_squat")
        if (id, placement) not in self._exercises:
            try:
                self._exercises[id, placement] = look_up(id).signal_at(placement)
            except UnknownExercise as error:
                raise (
                    error if where == "The set" else EntryNotUnderstood(where, str(error).rstrip("."))
                ) from None
        return self._exercises[id, placement]

    def _placement(self, name: object, where: str) -> Placement | None:
        from hardset.tracker.training.catalogue import SENSOR_SITES

        if name is None:
            return None
        if not isinstance(name, str) or name not in SENSOR_SITES:
            raise EntryNotUnderstood(
                where, f"'placement' must be one of {', '.join(SENSOR_SITES)}, not {name!r}"
            )
        return SENSOR_SITES[name]


def _evidence(one: Json, placement: Placement | None, where: str) -> SetEvidence:
    """Checked evidence from an object; ValueError or EntryNotUnderstood names what is wrong."""
    from hardset.signal.rir import SetEvidence

    fields: Json = {"placement": placement}
    for name in LISTS:
        if one.get(name) is not None:
            values = one[name]
            if not isinstance(values, list) or not all(_is_number(v) for v in values):
                raise EntryNotUnderstood(where, f"'{name}' must be a list of numbers")
            fields[name] = tuple(float(v) for v in values)
    if "velocities" not in fields:
        raise EntryNotUnderstood(where, "'velocities' is missing")
    for name in NUMBERS:
        if one.get(name) is not None:
            if not _is_number(one[name]):
                raise EntryNotUnderstood(where, f"'{name}' must be a number or null, not {one[name]!r}")
            fields[name] = float(one[name])
    for name in FLAGS:
        if one.get(name) is not None:
            if not isinstance(one[name], bool):
                raise EntryNotUnderstood(where, f"'{name}' must be true or false")
            fields[name] = one[name]
    if one.get("session") is not None:
        fields["session"] = str(one["session"])
    evidence = SetEvidence(**fields)
    if placement is not None and not placement.rotates and max(evidence.velocities) > FASTEST_BAR_MPS:
        raise EntryNotUnderstood(where, f"{max(evidence.velocities):g} m/s is no mean velocity of a bar")
    return evidence


def _adviser(one: Json, target: int, loss_limit: float | None) -> Callable[[RirEstimate], Advice]:
    """Advice by the target RIR, or by the velocity loss of the set where that was asked for."""
    from hardset.signal.advice import advise, advise_by_loss

    if loss_limit is None:
        return lambda answer: advise(answer, target)
    fastest, last = max(one["velocities"]), one["velocities"][-1]
    return lambda _: advise_by_loss(100.0 * (1.0 - last / fastest), loss_limit)


def _show(answer: RirEstimate, adviser: Callable[[RirEstimate], Advice], *, as_json: bool) -> None:
    if as_json:
        figures = {
            "rir": {
                "median": answer.median,
                "low80": round(answer.low80, 3),
                "high80": round(answer.high80, 3),
                "pmf": [round(p, 9) for p in answer.pmf],
            },
            "p_hard": round(answer.p_hard, 6),
            "calibrated": answer.calibrated,
            "reason": answer.reason,
        }
        click.echo(json.dumps(figures))
        return
    advice = adviser(answer)
    state = "calibrated" if answer.calibrated else "uncalibrated"
    click.echo(f"Reps in reserve: {answer.in_words} — {state}: {answer.reason}")
    interval = f"80 % interval {answer.low80:.1f} to {answer.high80:.1f}"
    click.echo(f"  {interval}; hard set (3 or fewer left): {answer.p_hard:.0%}")
    click.echo(f"  Next: {advice.action.value} ({advice.why})")


def _numbers_of(text: str) -> list[float]:
    try:
        return [float(part) for part in text.replace(";", ",").split(",") if part.strip()]
    except ValueError:
        problem = f"'{text}' is no list of numbers such as 0.62,0.58,0.51"
        raise click.BadParameter(problem, param_hint="--velocities") from None


def _read_history(path: Path) -> object:
    try:
        with path.open(encoding="utf-8") as file:
            return json.load(file)
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "cannot be read") from None
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise EntryNotUnderstood(str(path), "is not JSON") from None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)
