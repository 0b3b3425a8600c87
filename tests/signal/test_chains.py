"""Which strokes belong together: alike in rise and time, each with its way back, in rhythm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hardset.signal.chains import Chain, ChainRules, best_chain, surroundings
from hardset.signal.samples import FloatArray
from hardset.signal.strokes import HEIGHT_LIMITS, candidate_strokes
from hardset.signal.timebase import GRID_HZ

RULES = ChainRules()
REP = [(-0.5, 1.2), (0.5, 0.9), (0.0, 1.0)]


def chain_of(bar: Any, hole_s: FloatArray | None = None, rise_sd: float = 0.01) -> Chain | None:
    strokes, points = candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)
    around = surroundings(bar.height_m, points, bar.no_holes if hole_s is None else hole_s)
    return best_chain(strokes, around, np.full(len(strokes), rise_sd), RULES)


def tops_s(chain: Chain | None) -> list[float]:
    assert chain is not None
    return [round(float(top) / GRID_HZ, 1) for top in chain.strokes.top]


def test_running_sums_give_what_lies_between(ride: Callable[..., Any]) -> None:
    bar = ride((0.0, 1.0), (0.5, 1.0), (-0.3, 1.0), (0.0, 1.0))
    _, points = candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)
    hole_s = bar.no_holes
    hole_s[50:70] = 0.2
    around = surroundings(bar.height_m, points, hole_s)
    assert around.travel[-1] - around.travel[0] == pytest.approx(0.8, abs=0.01)
    assert around.hole_s[80] - around.hole_s[40] == pytest.approx(0.2)
    assert around.hole_s[-1] - around.hole_s[80] == 0.0


def test_a_wait_at_the_bottom_is_no_travel(ride: Callable[..., Any]) -> None:
    """The lowest point of a pause may lie anywhere in it: the rise still happens where the bar rises."""
    bar = ride(
        (0.0, 1.0), *[(-0.5, 1.2), (-0.004, 0.3), (0.004, 3.0), (0.5, 0.9), (-0.004, 2.0), (0.004, 0.3)] * 2
    )
    _, points = candidate_strokes(bar.height_m, bar.velocity_mps, HEIGHT_LIMITS)
    travel = surroundings(bar.height_m, points, bar.no_holes).travel
    best = chain_of(bar)
    assert best is not None
    between = travel[best.strokes.bottom[1]] - travel[best.strokes.top[0]]
    assert between == pytest.approx(0.5, abs=0.03)


def test_what_the_track_does_inside_a_long_hole_was_not_seen(ride: Callable[..., Any]) -> None:
    """A wobble in the bridge over a hole costs nothing; the same wobble on good radio does."""
    wobble = [(-0.3, 0.5), (0.2, 0.5), (-0.4, 0.6)]
    bar = ride((0.0, 1.0), *REP * 4, *wobble, (0.5, 0.9), (0.0, 1.0))
    hole_s = bar.no_holes
    turn = bar.edges_s[1 + 3 * 4]
    hole_s[int(turn * GRID_HZ) : int((turn + 1.6) * GRID_HZ)] = 1.6
    seen, unseen = chain_of(bar), chain_of(bar, hole_s)
    assert seen is not None
    assert unseen is not None
    assert len(unseen) == 5
    assert unseen.last_worth > seen.last_worth + 0.5


def test_without_strokes_there_is_no_chain(ride: Callable[..., Any]) -> None:
    assert chain_of(ride((0.0, 3.0))) is None


def test_the_alike_ones_are_chosen(ride: Callable[..., Any]) -> None:
    """Out of the rack, a set, a stretch, back into the rack."""
    bar = ride(
        *[(0.0, 2.0), (0.08, 0.5), (-0.03, 0.4), (0.0, 3.0)],
        *REP * 5,
        *[(0.0, 4.0), (-0.15, 0.6), (0.2, 0.4), (0.0, 1.0), (-1.0, 2.0), (0.0, 2.0)],
    )
    chain = chain_of(bar)
    reps = bar.edges_s[1:][np.isclose(bar.rises_m, 0.5)]
    assert tops_s(chain) == pytest.approx(reps.round(1).tolist(), abs=0.11)
    assert chain is not None
    assert chain.template.rise == pytest.approx(0.5, rel=0.02)
    assert chain.template.duration_s == pytest.approx(0.9, rel=0.1)


def test_small_reps_are_a_set_as_well_as_large_ones(ride: Callable[..., Any]) -> None:
    raises = [(0.07, 0.5), (0.0, 0.4), (-0.07, 0.9), (0.0, 0.5)]
    chain = chain_of(ride((0.0, 2.0), *raises * 6))
    assert chain is not None
    assert len(chain) == 6


def test_slowing_down_is_fatigue_and_no_other_kind_of_stroke(ride: Callable[..., Any]) -> None:
    reps = [m for up_s in (0.8, 0.9, 1.1, 1.4, 2.0) for m in ((-0.5, 1.2), (0.5, up_s), (0.0, 1.2))]
    chain = chain_of(ride((0.0, 2.0), *reps, (0.0, 2.0)))
    assert chain is not None
    assert len(chain) == 5


@pytest.mark.parametrize("rest_s", [10.0, 15.0])
def test_a_cluster_stays_one_set(ride: Callable[..., Any], rest_s: float) -> None:
    chain = chain_of(ride((0.0, 2.0), *REP * 2, (0.0, rest_s), *REP * 2, (0.0, rest_s), *REP * 2, (0.0, 2.0)))
    assert chain is not None
    assert len(chain) == 6


def test_a_rest_of_half_a_minute_does_not(ride: Callable[..., Any]) -> None:
    chain = chain_of(ride((0.0, 2.0), *REP * 3, (0.0, 32.0), *REP * 4, (0.0, 2.0)))
    assert chain is not None
    assert len(chain) == 4
    assert chain.strokes.bottom[0] > 32 * GRID_HZ


def through_a_hole(ride: Callable[..., Any], lost: bool) -> Chain:
    """Six reps in rhythm, of which the third was never seen: a line is drawn across."""
    bar = ride((0.0, 2.0), *REP * 6, (0.0, 2.0))
    third = bar.index([7])[0]
    gone = slice(int(third) - 20, int(third) + 230)
    height, velocity, hole_s = bar.height_m.copy(), bar.velocity_mps.copy(), bar.no_holes
    height[gone], velocity[gone] = 0.0, 0.0
    if lost:
        hole_s[gone] = 2.5
    strokes, points = candidate_strokes(height, velocity, HEIGHT_LIMITS)
    chain = best_chain(strokes, surroundings(height, points, hole_s), np.full(len(strokes), 0.01), RULES)
    assert chain is not None
    return chain


def test_a_rep_hides_in_a_hole_where_the_rhythm_wants_one(ride: Callable[..., Any]) -> None:
    chain = through_a_hole(ride, lost=True)
    assert (len(chain), chain.hidden_after) == (5, (1,))


def test_a_pause_that_was_seen_hides_no_rep(ride: Callable[..., Any]) -> None:
    chain = through_a_hole(ride, lost=False)
    assert (len(chain), chain.hidden_after) == (5, ())


def test_where_heights_are_uncertain_less_likeness_is_asked_for(ride: Callable[..., Any]) -> None:
    rises = (0.5, 0.9, 0.5, 0.25, 0.5)
    bar = ride((0.0, 2.0), *[m for rise in rises for m in ((-rise, 1.2), (rise, 0.9), (0.0, 1.0))])
    sure, unsure = chain_of(bar, rise_sd=0.005), chain_of(bar, rise_sd=0.2)
    assert sure is not None
    assert unsure is not None
    assert len(unsure) == 5
    assert len(sure) < 5


def test_an_odd_stroke_at_an_end_is_worth_less_than_a_rep(ride: Callable[..., Any]) -> None:
    fine = chain_of(ride((0.0, 2.0), *REP * 5, (0.0, 2.0)))
    odd = chain_of(ride((0.0, 2.0), *REP * 4, (-0.45, 1.0), (0.38, 1.2), (0.0, 2.0)))
    assert fine is not None
    assert odd is not None
    assert len(odd) == 5
    assert odd.last_worth < fine.last_worth - 0.5
    assert odd.first_worth == pytest.approx(fine.first_worth, abs=0.5)
    assert fine.score == pytest.approx(RULES.gain * 5, rel=0.2)  # hardly anything to pay for


def test_a_grinder_belongs_to_a_set_that_slowed_down(ride: Callable[..., Any]) -> None:
    """Five seconds of pressing after reps of 0.8 s are hardly a rep of theirs, unless they grew slow."""

    def set_of(*seconds: float) -> Any:
        reps = [move for up_s in seconds for move in ((-0.5, 1.2), (0.5, up_s), (0.0, 1.0))]
        return ride((0.0, 1.0), *reps, (0.0, 2.0))

    sudden = chain_of(set_of(0.8, 0.8, 0.8, 0.8, 0.8, 5.0))
    tired = chain_of(set_of(0.8, 0.8, 0.8, 0.8, 2.2, 5.0))
    assert sudden is not None
    assert tired is not None
    assert len(tired) == 6
    assert tired.last_worth > sudden.last_worth + 1.0
