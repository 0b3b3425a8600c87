"""The same pipeline, batch by batch: a rep is told as soon as it is over, a set is settled at its end.

Every `HOP_S` the last seconds go through the very functions of the batch analysis: even grid,
orientation, smoother, strokes; not where nothing can have ended. A stroke that has come to its end is
told as a provisional rep. Every few reps the last half minute is looked at as one set: a rep that does
not belong to it is withdrawn, one that was missed is added. When a set is over the batch analysis has the
last word, on all samples since the set before, so that live and batch cannot disagree. Memory is bounded:
at most `LONGEST_SET_S` of samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hardset.signal.analysis import analyse
from hardset.signal.attention import may_have_ended
from hardset.signal.chains import MAX_REST_S
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.glance import concentric_turning, glance_at, reads_angle, reps_so_far
from hardset.signal.mounting import since_mounted
from hardset.signal.repetition import Repetition
from hardset.signal.reserve import Reserve, range_of
from hardset.signal.samples import FloatArray, SampleBatch, joined
from hardset.signal.search import LONGEST_WINDOW_S
from hardset.signal.sets import MeasuredSet

HOP_S = 0.1
GLANCE_S = 10.0
LONGEST_GLANCE_S = 16.0
"""A glance reaches back to the last sure rep, but not further than this."""
LONGEST_S = LONGEST_WINDOW_S
LONGEST_SET_S = 2.0 * LONGEST_S
"""Nobody lifts for so long without a rest: memory is bounded by it."""
LOOK_BACK_S = 45.0
"""What a set looks like shows in as much of it as this; which way of an angle is the concentric one shows
only in all of it, which costs less."""
PAUSE_S, PAUSE_CYCLES = (5.0, 8.0), 1.3
"""Without a rep for so many of the last cycles, but at least and at most so long, the set may be over: all
of it is looked at."""
CUT_OFF_S = 5.0
"""What lies this close to the beginning of the look back may be a rep that was cut off."""
ENOUGH_SURE = 3
"""Alike strokes that make a set: fewer confirm nothing."""
UNSURE_S = 8.0
"""So long after a look back or a rep there is another look when things move and no rep is seen."""
CYCLE_SHARE = 0.6
"""Of the shortest of the last cycles: sooner the next rep cannot end."""
LOOK_BACK_EVERY = 3
"""Reps, once the set is known: a look back costs as much as eight glances."""
UNLIKE_RANGE, UNLIKE_S = (0.85, 1.3), 1.5
"""A stroke whose range or time is outside of these shares of the sure reps' may be a failed attempt or the
way to the rack: of what is told behind the last rep of simulated sets two thirds are, of reps a twelfth."""
REVIEW_S = 3.5
"""So long after such a stroke the set is looked at as if it were over."""
RHYTHM_CYCLES = 1.5
"""Of the last cycles: so long a set goes on, and what looks like a wait may be a slow grind."""
LEAST_CYCLE_S = 0.8
"""From the end of one rep to the end of the next."""
STRIKES = 1
"""Looks back that must miss a rep before it is withdrawn: a single one, on half a minute, may err."""
CORRECTION_SHARE = 0.05
"""A rep is told again when its velocity has changed by more than this share."""
SAME_REP_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class RepFinished:
    """A concentric phase has ended. Provisional until the set settles it: then it is told again, final."""

    rep: Repetition
    """Its number names it among all reps of this recording, withdrawn ones included."""
    provisional: bool
    at_s: float
    """Time of the newest sample when this was known."""


@dataclass(frozen=True, slots=True)
class RepWithdrawn:
    """A provisional rep that turned out to be none."""

    number: int
    at_s: float


@dataclass(frozen=True, slots=True)
class SetEnded:
    """The set as the batch analysis sees it: the final figures."""

    measured: MeasuredSet
    at_s: float


Event = RepFinished | RepWithdrawn | SetEnded


class LiveAnalyser:
    """One live recording. Feed it batches in order; it returns what became known.

    A new set starts with a clean slate: nothing of a warm-up leaks into the work set.
    """

    def __init__(
        self,
        *,
        exercise: Exercise | None = None,
        placement: Placement = Placement.BAR,
        set_on: bool = False,
    ) -> None:
        self._exercise = exercise
        self._placement = placement
        self._set_on = set_on
        self._by_angle = reads_angle(placement, exercise)
        self._reserve = Reserve(known=set_on or exercise is not None)
        self._sure: set[int] = set()
        self._strikes: dict[int, int] = {}
        self._turning: FloatArray | None = None
        self._passed_s = -np.inf
        self._looked_back_s = -np.inf
        self._look_due = False
        self._paused = False
        self._review_s = np.inf
        self._batches: list[SampleBatch] = []
        self._next_hop_s: float | None = None
        self._told: list[Repetition] = []
        self._sets = 0
        self._count = 0

    def update(self, batch: SampleBatch) -> list[Event]:
        """Take new samples; what has become known by them, in order.

        Work is done at fixed times of the samples' own clock, so the size of the batches changes nothing.
        """
        events: list[Event] = []
        at = 0
        while at < len(batch):
            if self._next_hop_s is None:
                self._next_hop_s = float(batch.time_s[at]) + HOP_S
            stop = int(np.searchsorted(batch.time_s[at:], self._next_hop_s, side="right")) + at
            if stop > at:
                self._batches.append(batch.slice(at, stop))
            if stop < len(batch):
                events += self._passed_on(self._hop(self._next_hop_s), self._next_hop_s)
                late = float(batch.time_s[stop]) - self._next_hop_s
                self._next_hop_s += HOP_S * (1 + int(late / HOP_S))
            at = stop
        return events

    def finish(self) -> list[Event]:
        """The recording is over: settle what is still open."""
        if not self._batches:
            return []
        now_s = float(self._batches[-1].time_s[-1])
        return self._passed_on(self._settle(now_s), now_s)

    @property
    def kept_s(self) -> float:
        """Seconds of samples in memory; at most `LONGEST_SET_S` whatever happens."""
        return float(self._batches[-1].time_s[-1] - self._batches[0].time_s[0]) if self._batches else 0.0

    def _passed_on(self, events: list[Event], now_s: float) -> list[Event]:
        """What of these events is said now, and what is said late because the set has become sure."""
        said: list[Event] = []
        for event in events:
            match event:
                case RepFinished(rep=rep, provisional=True):
                    said += [RepFinished(one, True, now_s) for one in self._reserve.take(rep)]
                case RepWithdrawn(number=number):
                    said += [event] if self._reserve.forget(number) else []
                case _:
                    said.append(event)
        if self._sure:
            said += [RepFinished(one, True, now_s) for one in self._reserve.release()]
        if not self._told:
            self._reserve.clear()
        return said

    def _hop(self, now_s: float) -> list[Event]:
        if self._has_to_settle(now_s):
            return self._settle(now_s)
        if not self._batches:
            return []
        if self._look_due:
            return self._look_back(now_s)
        if now_s >= self._review_s:
            return self._look_back(now_s, over=True)
        if self._told and now_s < self._told[-1].concentric_end_s + self._least_cycle_s():
            return []
        if self._told and not self._paused and self._pauses(now_s):
            self._paused = True
            return self._look_back(now_s, over=True)
        return self._glance(now_s)

    def _has_to_settle(self, now_s: float) -> bool:
        """Whether the set is over, or memory full."""
        if self._told and now_s - self._told[-1].concentric_end_s > MAX_REST_S:
            return True
        if not self._batches:
            return False
        # Where nothing was told for so long the batch analysis may know better.
        return now_s - float(self._batches[0].time_s[0]) > (LONGEST_SET_S if self._told else LONGEST_S)

    def _glance(self, now_s: float) -> list[Event]:
        """Tell the rep that has just ended; look back where things move and none has for a while."""
        sure = [rep for rep in self._told if rep.number in self._sure]
        last_s = sure[-1].concentric_start_s - 0.5 if sure else now_s
        recent = since_mounted(self._since(max(now_s - LONGEST_GLANCE_S, min(now_s - GLANCE_S, last_s))))
        if not may_have_ended(recent, by_angle=self._by_angle, turning=self._turning):
            return []
        told_s = self._told[-1].concentric_end_s if self._told else -np.inf
        after_s = max(self._passed_s, told_s)
        rep = glance_at(
            recent,
            self._placement,
            self._exercise,
            self._told,
            sure,
            after_s=after_s,
            goes_on=now_s < after_s + RHYTHM_CYCLES * self._longest_cycle_s(),
            turning=self._turning,
        )
        if rep is None:
            overdue = now_s - max(self._looked_back_s, told_s) > UNSURE_S
            return self._look_back(now_s) if overdue else []
        told = self._tell(rep, now_s)
        # Not at once: the rep is to be told before the set is looked at, which takes a while.
        few = len(sure) < ENOUGH_SURE <= len(self._told)
        reviewed = np.isfinite(self._review_s)
        self._look_due = few or reviewed or len(self._told) % LOOK_BACK_EVERY == 0
        self._review_s = now_s + REVIEW_S if len(sure) >= ENOUGH_SURE and _unlike(rep, sure) else np.inf
        self._paused = False
        return [told]

    def _pauses(self, now_s: float) -> bool:
        """Whether the set may be over, for all that its rhythm says."""
        ends = [rep.concentric_end_s for rep in self._told if rep.number in self._sure][-4:]
        usual_s = PAUSE_CYCLES * float(np.median(np.diff(ends))) if len(ends) > 1 else 0.0
        return now_s > self._told[-1].concentric_end_s + float(np.clip(usual_s, *PAUSE_S))

    def _least_cycle_s(self) -> float:
        """The next rep cannot end sooner than this after the last one."""
        ends = [rep.concentric_end_s for rep in self._told if rep.number in self._sure][-4:]
        if len(ends) < ENOUGH_SURE:
            return LEAST_CYCLE_S
        return max(LEAST_CYCLE_S, CYCLE_SHARE * float(np.diff(ends).min()))

    def _longest_cycle_s(self) -> float:
        """The longest of the last times from the end of a rep to the end of the next; 0 before the second."""
        ends = [rep.concentric_end_s for rep in self._told][-4:]
        return float(np.diff(ends).max()) if len(ends) > 1 else 0.0

    def _tell(self, rep: Repetition, now_s: float) -> Event:
        self._count += 1
        self._told.append(replace(rep, number=self._count))
        self._told.sort(key=lambda one: one.concentric_start_s)
        return RepFinished(replace(rep, number=self._count), True, now_s)

    def _look_back(self, now_s: float, *, over: bool = False) -> list[Event]:
        """See the reps of the running set as the batch analysis does: correct them, withdraw and add.

        The newest rep is spared, unless the set seems to be over: it has not shown yet what follows it.
        """
        self._looked_back_s, self._look_due = now_s, False
        if over:
            self._review_s = np.inf
        start_s = now_s - (LONGEST_SET_S if self._by_angle else LOOK_BACK_S)
        if self._told:
            start_s = max(start_s, self._told[0].concentric_start_s - GLANCE_S)
        samples = self._since(start_s)
        found = reps_so_far(samples, self._placement, self._exercise)
        if len(found) < ENOUGH_SURE:
            if not self._sure and len(self._told) > ENOUGH_SURE:
                self._reserve.doubt()
            return []
        events: list[Event] = []
        newest, unclaimed = self._told[-1] if self._told else None, list(found)
        for rep in list(self._told):
            again = next((other for other in unclaimed if _same(rep, other)), None)
            if again is not None:
                unclaimed.remove(again)
                events += self._correct(rep, again, now_s)
            elif (over or rep is not newest) and rep.concentric_start_s > start_s + CUT_OFF_S:
                events += self._strike(rep, now_s)
        for rep in found:
            if not any(_touch(rep, other) for other in self._told):
                events.append(self._tell(rep, now_s))
                self._sure.add(self._count)
        if self._by_angle:
            sure = [rep for rep in self._told if rep.number in self._sure]
            self._turning = concentric_turning(samples, sure)
        return events

    def _correct(self, rep: Repetition, again: Repetition, now_s: float) -> list[Event]:
        """A rep that the set as a whole confirms; told again where its velocity has changed."""
        better = replace(again, number=rep.number)
        self._told[self._told.index(rep)] = better
        self._sure.add(rep.number)
        changed = abs(better.speed - rep.speed) > CORRECTION_SHARE * rep.speed
        return [RepFinished(better, True, now_s)] if changed else []

    def _strike(self, rep: Repetition, now_s: float) -> list[Event]:
        """A rep that the set as a whole does not know: the second time it is withdrawn."""
        self._sure.discard(rep.number)
        self._strikes[rep.number] = self._strikes.get(rep.number, 0) + 1
        if self._strikes[rep.number] < STRIKES:
            return []
        self._told.remove(rep)
        self._passed_s = max(self._passed_s, rep.concentric_end_s)
        return [RepWithdrawn(rep.number, now_s)]

    def _settle(self, now_s: float) -> list[Event]:
        """The batch analysis of all that was kept; it confirms, withdraws and adds."""
        samples = self._since(-np.inf)
        told, self._told = self._told, []
        self._sure.clear()
        self._strikes.clear()
        self._turning, self._look_due, self._paused, self._review_s = None, False, False, np.inf
        sets: tuple[MeasuredSet, ...] = ()
        if len(samples) > 1 and samples.time_s[-1] > samples.time_s[0]:
            analysis = analyse(
                samples, exercise=self._exercise, placement=self._placement, set_on=self._set_on
            )
            sets = analysis.sets
        final = [rep for one in sets for rep in one.reps]
        settled: list[Event] = []
        for rep in final:
            number = next((other.number for other in told if _same(rep, other)), 0)
            if number == 0:
                self._count += 1
                number = self._count
            told = [other for other in told if other.number != number]
            settled.append(RepFinished(replace(rep, number=number), False, now_s))
        events: list[Event] = [RepWithdrawn(rep.number, now_s) for rep in told]
        events += settled
        for one in sets:
            self._sets += 1
            events.append(SetEnded(replace(one, number=self._sets), now_s))
        end_s = sets[-1].end_s if sets else now_s - GLANCE_S
        rest = self._since(end_s + 0.05)
        self._batches = [rest] if len(rest) else []
        return events

    def _since(self, start_s: float) -> SampleBatch:
        """Kept samples from a time on, as one batch; joins what has come in pieces."""
        if len(self._batches) > 64:
            self._batches = [joined(self._batches)]
        wanted = [batch for batch in self._batches if len(batch) and batch.time_s[-1] >= start_s]
        whole = joined(wanted if wanted else self._batches[-1:])
        return whole.slice(int(np.searchsorted(whole.time_s, start_s)), len(whole))


def _same(one: Repetition, other: Repetition) -> bool:
    """Two views of one rep: their concentric phases overlap by a good part of the shorter."""
    overlap = min(one.concentric_end_s, other.concentric_end_s) - max(
        one.concentric_start_s, other.concentric_start_s
    )
    return overlap > SAME_REP_SHARE * min(one.concentric_s, other.concentric_s)


def _unlike(rep: Repetition, sure: Sequence[Repetition]) -> bool:
    """Whether a stroke differs from the reps of its set, so that it may be none."""
    usual = sure[-4:]
    share = range_of(rep) / float(np.median([range_of(one) for one in usual]))
    slower = rep.concentric_s / float(np.median([one.concentric_s for one in usual]))
    return not UNLIKE_RANGE[0] <= share <= UNLIKE_RANGE[1] or slower > UNLIKE_S


def _touch(one: Repetition, other: Repetition) -> bool:
    """Two concentric phases that cannot both have happened."""
    return one.concentric_start_s < other.concentric_end_s and other.concentric_start_s < one.concentric_end_s
