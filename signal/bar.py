"""The most regular set of a bar in one stretch of recording, by height.

A bar that turns with the forearm (a curl) is counted by angle, which no hole of the radio can bend,
and measured by height.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hardset.signal.attempts import failed_attempt
from hardset.signal.attitude import Attitude
from hardset.signal.beliefs import BELIEFS, Belief
from hardset.signal.chains import ChainRules
from hardset.signal.curl import height_by_angle, on_height
from hardset.signal.end_view import end_view
from hardset.signal.exercise import Exercise
from hardset.signal.hypotheses import (
    LEVEL_SD_M,
    SET_PULL_M,
    VELOCITY_SD_MPS,
    Finding,
    level_anchors,
    settle,
)
from hardset.signal.limb import angle_chain
from hardset.signal.measure import DRIFT_SHARE, bar_repetitions, with_hidden
from hardset.signal.motion import Anchors, Felt, Motion
from hardset.signal.mounting import OUTAGE_S
from hardset.signal.repetition import Repetition
from hardset.signal.rotation import SegmentRotation, segment_rotation
from hardset.signal.segmentation import Segmentation, is_a_set, segment
from hardset.signal.stillness import anchors_of, dead_anchors, stand_together
from hardset.signal.stretch import PER_REP, FoundSet, OpenSet, Stretch, Track, found_set
from hardset.signal.strokes import Strokes
from hardset.signal.tails import without_slides

TURNS_RAD = 1.05
"""A bar whose strokes turn by over 60° is a curl: its angle is the surer counter."""
TURNING_DRIFT_SHARE = 0.8
"""As `DRIFT_SHARE`, of such a bar: its sensor's bias is the same in every rep."""
PLANAR = 0.85
UNSEEN_TURN_RAD = 0.3
"""Mean velocity of simulated hip thrusts by accelerometer alone: off by 0.036 instead of 0.059 m/s."""
UNSEEN_TURN_SHARE = 0.3
"""Without a gyroscope gravity is mistaken for movement while the bar turns: this share of the rise for the
square of the angle (rad) between its ends, a tenth in a hip thrust that turns by 35°."""
CURL_RISE_M = 0.2
"""A forearm that turns by 60° lifts the bar by at least this much."""
SMALL_RISE_M = 0.16
"""Idle hands rise by 5-12 cm; who does not say that it is a calf raise must show more, or more alike."""
MIN_LEVELLED = 3
LOCKED_OUT = (0.8, 1.45)
LAST_TOP_SD_M = 0.04
LOSSY_SHARE = 0.06
"""With more of the time in holes than this, height may fail and the angle may count instead."""


def find_on_bar(
    stretch: Stretch,
    offset: int,
    exercise: Exercise | None,
    rules: ChainRules,
    set_on: bool,
    beliefs: tuple[Belief, ...] = BELIEFS,
) -> OpenSet | None:
    """The best set of a bar (or wrist, stack, pelvis) in a stretch that begins at grid index offset."""
    small = exercise is not None and exercise.rom_m is not None and exercise.rom_m[0] < SMALL_RISE_M
    least_rise = 0.0 if small else SMALL_RISE_M

    def is_set(found: Finding) -> bool:
        return is_a_set(found.chain, found.motion.velocity_mps, set_on, stretch.vertical, least_rise)

    felt = stretch.felt()
    finding = settle(felt, stretch.quiet, rules, beliefs, is_set)
    finding, by_angle = _prefer_angle(stretch, finding, rules)
    if finding is None or not (by_angle or is_set(finding)):
        return None
    strokes, motion = finding.chain.strokes, finding.motion
    rise_sd = motion.height_gain_sd(strokes.bottom, strokes.top)
    parts = segment(
        finding.chain,
        motion.height_m,
        motion.velocity_mps,
        stretch.time_s,
        exercise,
        rise_sd,
        stretch.lost_s(strokes),
        stretch.lain(strokes),
        begins=offset == 0,
        end_view=None if by_angle else lambda last: end_view(stretch, felt, finding, last),
        turned=None if by_angle else stretch.turned(strokes),
        attitude=None if by_angle else _attitude(stretch, strokes),
    )
    return OpenSet(
        offset + int(parts.strokes.bottom[0]),
        offset + int(parts.strokes.top[-1]),
        offset + int(strokes.top[-1]),
        len(parts.strokes) + len(parts.hidden_after),
        finding.chain.score - PER_REP * len(finding.chain),
        finding.belief,
        lambda: _found(stretch, felt, offset, finding, parts, by_angle),
    )


def _attitude(stretch: Stretch, strokes: Strokes) -> Attitude | None:
    """How the bar was held; None where the sensor may have been put on anew while nothing was received."""
    if float(stretch.hole_s.max(initial=0.0)) > OUTAGE_S:
        return None
    return Attitude.of(stretch.up, strokes)


def _found(
    stretch: Stretch, felt: Felt, offset: int, finding: Finding, parts: Segmentation, by_angle: bool
) -> FoundSet:
    """The set with the figures of its reps."""
    motion = finding.motion
    if not by_angle:
        parts = replace(parts, strokes=without_slides(parts.strokes, motion))
        motion = _with_last_top(stretch, felt, finding, parts)
    reps, measured_on = _measured(stretch, motion, parts, by_angle)
    if by_angle and not stretch.has_gyroscope:
        reps = tuple(_barely_measured(rep) for rep in reps)
    reps = with_hidden(reps, parts.hidden_after)
    rejected = parts.rejected
    if not by_angle and not any(one.reason == "attempt" for one in rejected):
        attempt = failed_attempt(motion, parts.strokes, stretch.time_s)
        rejected = rejected if attempt is None else (*rejected, attempt)
    return found_set(
        reps,
        rejected,
        parts.strokes,
        offset,
        len(parts.hidden_after),
        by_angle,
        finding.chain,
        Track(stretch.time_s, measured_on.height_m, measured_on.velocity_mps, by_angle=False),
        finding.belief,
    )


def _measured(
    stretch: Stretch, motion: Motion, parts: Segmentation, by_angle: bool
) -> tuple[tuple[Repetition, ...], Motion]:
    """The reps of the bar itself, which the sensor circles where the bar turns, and the bar's motion."""
    seen = TURNING_DRIFT_SHARE if by_angle else DRIFT_SHARE
    share = seen if stretch.has_gyroscope else 1.0
    lever, sd = stretch.lever(parts.strokes), None
    if lever is not None:
        up = stretch.turning_up
        before, after = up[parts.strokes.bottom], up[parts.strokes.top]
        sd = lever.gain_sd_m(before, after)
        if not stretch.has_gyroscope:
            turned = np.einsum("ki,ki->k", after - before, after - before)
            sd = np.hypot(sd, UNSEEN_TURN_SHARE * turned * parts.strokes.rise)
        motion = motion.lowered(lever.height_m(up))
    return bar_repetitions(motion, parts.strokes, stretch.time_s, parts.doubts, sd, share), motion


def _with_last_top(stretch: Stretch, felt: Felt, finding: Finding, parts: Segmentation) -> Motion:
    """The motion once more with the top of the last rep at the level of the others, loosely.

    While it was open whether the last stroke is a rep or a failed attempt its top had to be free, and
    drifted. Once it counts as a full rep it reached the lockout.
    """
    strokes = parts.strokes
    if len(strokes) < MIN_LEVELLED:
        return finding.motion
    share = float(strokes.rise[-1] / np.median(strokes.rise[:-1]))
    if not LOCKED_OUT[0] <= share <= LOCKED_OUT[1]:
        return finding.motion
    levels = level_anchors(strokes, LEVEL_SD_M[-1]) + Anchors.same_height(strokes.top[-1:], LAST_TOP_SD_M, 1)
    quiet = stretch.quiet
    stills = dead_anchors(quiet)
    # Whatever belief won: with and without stills it found the same reps, and idle time may turn the scales.
    stills = stills + anchors_of(stand_together(quiet, finding.motion.velocity_mps, VELOCITY_SD_MPS[-1]))
    if _turns_unseen(stretch, strokes):
        felt = Felt(stretch.turning_vertical, stretch.hole_s, stretch.up, stretch.wander)
    return felt.motion(levels + stills, SET_PULL_M)


def _turns_unseen(stretch: Stretch, strokes: Strokes) -> bool:
    """Whether the bar turns with the rep and no gyroscope saw it: then 'up' has to be taken quicker."""
    turned = stretch.turning_up[strokes.top] - stretch.turning_up[strokes.bottom]
    return not stretch.has_gyroscope and float(np.median(np.linalg.norm(turned, axis=1))) > UNSEEN_TURN_RAD


def _barely_measured(rep: Repetition) -> Repetition:
    """A rep of a bar that turns, from an accelerometer alone: counted well, its velocity off by a quarter."""
    assert rep.mean_velocity_mps is not None
    assert rep.mean_velocity_sd_mps is not None
    sd = float(np.hypot(rep.mean_velocity_sd_mps, 0.25 * rep.mean_velocity_mps))
    doubt = rep.doubt or "the bar turns and the sensor has no gyroscope: the velocity is a guess"
    return replace(rep, mean_velocity_sd_mps=sd, doubt=doubt)


def _prefer_angle(
    stretch: Stretch, finding: Finding | None, rules: ChainRules
) -> tuple[Finding | None, bool]:
    """The same set counted by angle where the bar turns enough, or where height fails in a bad radio."""
    rotation = segment_rotation(stretch.turning_up)
    if _upside_down(rotation, stretch, finding):
        rotation = rotation.flipped()
    if rotation.planarity < PLANAR:
        return finding, False
    chain = angle_chain(rotation, stretch.hole_s, rules)
    if chain is None or not is_a_set(chain, rotation.velocity_radps, set_on=False):
        return finding, False
    span = slice(int(chain.strokes.bottom[0]), int(chain.strokes.top[-1]))
    lossy = float(np.mean(stretch.hole_s[span] > 0)) > LOSSY_SHARE
    better = finding is None or chain.score > finding.chain.score
    if not (chain.template.rise > TURNS_RAD or (lossy and better)):
        return finding, False
    motion = height_by_angle(stretch, rotation, chain)
    strokes = on_height(motion, chain.strokes)
    if chain.template.rise > TURNS_RAD and float(np.median(strokes.rise)) < CURL_RISE_M:
        return finding, False  # an arm that swings, not one that curls
    chain = replace(chain, strokes=strokes)
    if finding is None:
        return Finding(motion, chain, 0.0, BELIEFS[0], 0.0), True
    return replace(finding, motion=motion, chain=chain), True


def _upside_down(rotation: SegmentRotation, stretch: Stretch, finding: Finding | None) -> bool:
    """True when the angle falls while the bar rises.

    Without a gyroscope height is worth nothing while the bar turns; then the acceleration tells: at the
    bottom it points up.
    """
    if stretch.has_gyroscope and finding is not None:
        height = finding.motion.height_m
        return float(np.sum(np.gradient(rotation.angle_rad) * np.gradient(height))) < 0
    angle = rotation.angle_rad - float(np.median(rotation.angle_rad))
    return float(np.sum(angle * stretch.turning_vertical)) > 0
