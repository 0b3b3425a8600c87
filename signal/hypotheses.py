"""Several beliefs about what anchors the drift; the most regular set wins.

Each belief is followed to its end: integrate, find the chain of alike strokes, pin its bottoms and
tops to the same two heights (a bar goes from lockout to lockout), look again. The top of the last
stroke stays free: closing it would pull a failed attempt up into a rep. Regularity judges: many alike
strokes are good, quiet stretches that would have to fly at constant speed are bad. In the prototype
the choice between beliefs took exact counts from 84 to 97 %.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from hardset.signal.beliefs import BELIEFS, Belief
from hardset.signal.chains import Chain, ChainRules, Template, best_chain, surroundings
from hardset.signal.motion import Anchors, Felt, Motion
from hardset.signal.samples import BoolArray, FloatArray
from hardset.signal.stillness import Quiet, anchors_of, dead_anchors, restless_s, stand_together
from hardset.signal.stretch import PER_REP
from hardset.signal.strokes import HEIGHT_LIMITS, Strokes, candidate_strokes
from hardset.signal.timebase import GRID_HZ

LEVEL_SD_M = (0.12, 0.06, 0.03)
"""How level bottoms and tops are believed to be, from one look to the next."""
VELOCITY_SD_MPS = (0.08, 0.06, 0.06)
"""How well velocity is known at each look: what a quiet stretch may show and still be a standstill."""
SET_PULL_M = 1.0
"""Once levels are pinned, the weak pull to zero may be weaker still."""
PER_RESTLESS_S = 0.5
MOST_RESTLESS = 4.0
BEFORE_SET_S = 3.0
FLAWLESS_REPS = 4
FLAWLESS_SCORE = 2.4
MOST_MORE = 3
"""So many slow reps may hide behind one another ..."""
MIN_FOLLOWED = 3
"""... after so many that are plain to see."""
BLIND_S = 1.0
"""In a hole this long nothing was seen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The motion behind a stretch of recording and the strokes that look like one set."""

    motion: Motion
    chain: Chain
    merit: float
    """By which beliefs are compared: the chain's score less a price for each rep and for restlessness."""
    belief: Belief
    restless_s: float
    """Quiet time outside the set in which the bar would have to fly at constant speed."""


def settle(
    felt: Felt,
    quiet: Quiet,
    rules: ChainRules,
    beliefs: tuple[Belief, ...] = BELIEFS,
    is_set: Callable[[Finding], bool] | None = None,
) -> Finding | None:
    """The most regular set in a stretch; None without any stroke.

    beliefs: in the order of how often they win; the first that leaves nothing to wish for is taken.
    is_set: what passes goes before what does not, however regular: a single stroke has nothing that it
    could differ from.
    """
    best: Finding | None = None
    best_rank = (False, -np.inf)
    for belief in beliefs:
        finding = _follow(belief, felt, quiet, rules)
        if finding is None:
            continue
        rank = (is_set is None or is_set(finding), finding.merit)
        if best is None or rank > best_rank:
            best, best_rank = finding, rank
        if best is not None and best_rank[0] and _flawless(best):
            break
    if best is None:
        return None
    whole = _to_its_end(best, felt, quiet, rules)
    spoilt = whole is not best and is_set is not None and best_rank[0] and not is_set(whole)
    return best if spoilt else whole


def _to_its_end(
    finding: Finding,
    felt: Felt,
    quiet: Quiet,
    rules: ChainRules,
) -> Finding:
    """The set with the reps that follow what was taken for its last stroke.

    That stroke's top is free, so what comes after it hangs on nothing: a slow rep is lost in the drift.
    If one more rep follows, the stroke before it reached the top like the others; so its top is closed to
    look for one. A set whose last stroke failed goes on with nothing, and stays as it was.
    """
    for _ in range(MOST_MORE):
        if len(finding.chain) < MIN_FOLLOWED:
            break
        inside = finding.belief.stills_help & (quiet.end <= finding.chain.strokes.top[-1])
        seen = quiet.take(inside | quiet.dead)
        longer = _one_more(finding, felt, seen, rules)
        if longer is None:
            break
        finding = longer
    return finding


def _one_more(
    finding: Finding,
    felt: Felt,
    quiet: Quiet,
    rules: ChainRules,
) -> Finding | None:
    """The set with at least one more rep, given which quiet stretches may be standstill; None without.

    A grinder is as quiet as a rest, so nothing but a dead bar may be believed to stand after the set.
    """
    chain = finding.chain
    stills = dead_anchors(quiet)
    stills = stills + anchors_of(stand_together(quiet, finding.motion.velocity_mps, VELOCITY_SD_MPS[-1]))
    closed = level_anchors(chain.strokes, LEVEL_SD_M[-1], last_top=True)
    motion = felt.motion(closed + stills, SET_PULL_M)
    longer = look(motion, felt.hole_s, rules, [chain.template])
    if longer is None or not _goes_on(chain, longer):
        return None
    levels = level_anchors(longer.strokes, LEVEL_SD_M[-1])
    motion = felt.motion(levels + stills, SET_PULL_M)
    settled = look(motion, felt.hole_s, rules, [longer.template])
    if settled is None or not _goes_on(chain, settled):
        return None
    merit = finding.merit + settled.score - chain.score - PER_REP * (len(settled) - len(chain))
    return replace(finding, motion=motion, chain=settled, merit=merit)


def _goes_on(chain: Chain, longer: Chain) -> bool:
    """Whether a chain holds the strokes of another and more after them."""
    return len(longer) > len(chain) and int(longer.strokes.bottom[-1]) > int(chain.strokes.top[-1])


def _flawless(finding: Finding) -> bool:
    chain = finding.chain
    each = chain.score / max(len(chain), 1)
    return len(chain) >= FLAWLESS_REPS and each >= FLAWLESS_SCORE and finding.restless_s < 0.5


def level_anchors(strokes: Strokes, sd_m: float, last_top: bool = False) -> Anchors:
    """All bottoms of a set at one height, all tops at another; the last top only where asked."""
    tops = strokes.top if last_top else strokes.top[:-1]
    bottoms = Anchors.same_height(strokes.bottom, sd_m, 0)
    return bottoms + Anchors.same_height(tops, sd_m, 1) if tops.size else bottoms


def look(
    motion: Motion, hole_s: FloatArray, rules: ChainRules, templates: list[Template] | None = None
) -> Chain | None:
    """The best chain of upward strokes in a motion; templates: what a rep is like, if that is known."""
    strokes, points = candidate_strokes(motion.height_m, motion.velocity_mps, HEIGHT_LIMITS)
    least, most = rules.height_rise_m
    strokes = strokes.take(np.flatnonzero((strokes.rise >= least) & (strokes.rise <= most)))
    if len(strokes) == 0:
        return None
    strokes = _outside_blind_holes(strokes, motion.height_m, hole_s > BLIND_S)
    if len(strokes) == 0:
        return None
    sd = motion.height_gain_sd(strokes.bottom, strokes.top)
    return best_chain(strokes, surroundings(motion.height_m, points, hole_s), sd, rules, templates)


def _outside_blind_holes(strokes: Strokes, height: FloatArray, blind: BoolArray) -> Strokes:
    """Strokes cut back to what was seen of them: nothing is known of height within a long hole."""
    if not blind.any():
        return strokes
    seen = np.flatnonzero(~blind)
    bottom = seen[np.clip(np.searchsorted(seen, strokes.bottom), 0, seen.size - 1)]
    top = seen[np.clip(np.searchsorted(seen, strokes.top, side="right") - 1, 0, seen.size - 1)]
    whole = np.concatenate([[0], np.cumsum(blind)])
    rise = height[top] - height[bottom]
    keep = (whole[top] == whole[bottom]) & (rise > HEIGHT_LIMITS.min_rise)
    keep &= top - bottom >= HEIGHT_LIMITS.min_s * GRID_HZ
    cut = Strokes(bottom, top, rise, (top - bottom) / GRID_HZ, strokes.dip)
    order = np.lexsort((bottom, top))
    return cut.take(order[keep[order]])


def _follow(
    belief: Belief,
    felt: Felt,
    quiet: Quiet,
    rules: ChainRules,
) -> Finding | None:
    dead = dead_anchors(quiet)
    start = anchors_of(stand_together(quiet, felt.velocity_mps, np.inf)) if belief.stand_together else dead
    motion = felt.motion(start)
    chain = look(motion, felt.hole_s, rules)
    if chain is None:
        return None
    best = (chain, motion)
    for level_sd, velocity_sd in zip(LEVEL_SD_M, VELOCITY_SD_MPS, strict=True):
        if len(chain) < 2:
            break
        levels = level_anchors(chain.strokes, level_sd)
        motion = felt.motion(levels + dead, SET_PULL_M)
        if belief.stills_help:
            stills = anchors_of(stand_together(quiet, motion.velocity_mps, velocity_sd))
            motion = felt.motion(levels + dead + stills, SET_PULL_M)
        again = look(motion, felt.hole_s, rules, [chain.template] if len(chain) > 3 else None)
        if again is None:
            break
        chain = again
        if chain.score >= best[0].score - 0.5:
            best = (chain, motion)
    chain, motion = best
    restless = _restless(chain, motion, quiet)
    merit = chain.score - PER_REP * len(chain) - min(PER_RESTLESS_S * restless, MOST_RESTLESS)
    return Finding(motion, chain, merit, belief, restless)


def _restless(chain: Chain, motion: Motion, quiet: Quiet) -> float:
    strokes = chain.strokes
    in_set = np.zeros(motion.height_m.size, dtype=np.bool_)
    in_set[max(int(strokes.bottom[0] - BEFORE_SET_S * GRID_HZ), 0) : strokes.top[-1]] = True
    return restless_s(quiet, motion.velocity_mps, in_set)
