"""From a recording file to reps with reps in reserve: where the pipeline, the catalogue and RIR meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hardset.signal.analysis import RecordingAnalysis, analyse
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.repetition import Repetition
from hardset.signal.rir import LifterState, RirEstimate, SetEvidence, estimate_set
from hardset.signal.sets import MeasuredSet
from hardset.tracker.errors import UnknownExercise
from hardset.tracker.recordings import RecordingFile
from hardset.tracker.training.catalogue import CatalogueEntry
from hardset.tracker.training.catalogue import exercise as look_up

NO_EXERCISE = ("none", "-", "unknown")
"""What labels say of a recording in which nobody trained."""
SLOWEST_SPEED = 1e-3
"""RIR takes the logarithm of velocities; a rep measured at zero or below counts as this."""


@dataclass(frozen=True, slots=True)
class ScoredSet:
    """A measured set and what is left after each of its reps."""

    measured: MeasuredSet
    rir: tuple[RirEstimate, ...]
    """One per rep; the last is the set's. Empty for a set without reps."""


@dataclass(frozen=True, slots=True)
class ScoredRecording:
    """Everything that is said about one recording file."""

    recording: RecordingFile
    exercise: CatalogueEntry | None
    placement: Placement
    load_kg: float | None
    analysis: RecordingAnalysis
    sets: tuple[ScoredSet, ...]
    warnings: tuple[str, ...]


def score_recording(
    recording: RecordingFile,
    *,
    exercise: CatalogueEntry | None = None,
    placement: Placement | None = None,
    load_kg: float | None = None,
    set_on: bool = False,
) -> ScoredRecording:
    """Analyse one recording and estimate RIR after each rep.

    What is not given comes from the recording's sidecar. An exercise there that the catalogue does
    not hold is told and ignored.
    """
    warnings = list(recording.warnings)
    if exercise is None:
        exercise = known_exercise(recording.sidecar.exercise, warnings)
    placement = placement or recording.sidecar.placement
    load_kg = load_kg if load_kg is not None else recording.sidecar.load_kg
    known = None if exercise is None else exercise.signal_at(placement)
    analysis = analyse(recording.samples, exercise=known, placement=placement, set_on=set_on)
    return ScoredRecording(
        recording=recording,
        exercise=exercise,
        placement=analysis.placement,
        load_kg=load_kg,
        analysis=analysis,
        sets=tuple(
            ScoredSet(measured, score_set(measured, known, analysis.placement)) for measured in analysis.sets
        ),
        warnings=(*warnings, *analysis.warnings),
    )


def known_exercise(id: str | None, warnings: list[str]) -> CatalogueEntry | None:
    """The catalogue's entry of a label; an unknown label adds a warning and gives None."""
    if id is None or id in NO_EXERCISE:
        return None
    try:
        return look_up(id)
    except UnknownExercise as error:
        warnings.append(f"{error} Going on without an exercise.")
        return None


def score_set(
    measured: MeasuredSet,
    exercise: Exercise | None,
    placement: Placement,
    state: LifterState | None = None,
) -> tuple[RirEstimate, ...]:
    """Reps in reserve after each rep of one set; state: what is known of the lifter's earlier sets."""
    if not measured.reps:
        return ()
    evidence = set_evidence(
        measured.reps,
        placement,
        failed=measured.failed_attempt,
        # A state that is not closed was handed out for the workout that goes on.
        session=None if state is None else state.session,
    )
    return estimate_set(evidence, exercise, state)


def set_evidence(
    reps: Sequence[Repetition],
    placement: Placement,
    *,
    failed: bool,
    felt_rir: float | None = None,
    load_kg: float | None = None,
    session: str | None = None,
) -> SetEvidence:
    """What the reps of one set (at least one) say about RIR; a load of 0 kg is one that nobody knows."""
    limb = placement.rotates
    sds = [rep.mean_angular_velocity_sd_dps if limb else rep.mean_velocity_sd_mps for rep in reps]
    roms = [rep.rom_deg if limb else rep.rom_m for rep in reps]
    return SetEvidence(
        velocities=tuple(max(rep.speed, SLOWEST_SPEED) for rep in reps),
        velocity_sds=_all_positive(sds),
        failed=failed,
        felt_rir=felt_rir,
        session=session,
        load_kg=load_kg or None,
        roms=_all_positive(roms),
        placement=placement,
    )


def _all_positive(values: list[float | None]) -> tuple[float, ...] | None:
    """The values where every rep has one, else None."""
    known = tuple(value for value in values if value is not None and value > 0)
    return known if len(known) == len(values) else None
