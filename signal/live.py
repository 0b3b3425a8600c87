"""The same pipeline, batch by batch: a rep is told as soon as it is over, a set is settled at its end.

Every `HOP_S` the last seconds go through the very functions of the batch analysis: even grid,
orientation, smoother, strokes. A stroke that has come to its end is told as a provisional rep. After
each, the set so far is looked at as a whole; a rep that does not belong to it is withdrawn, one that was
missed is added. When a set is over the batch analysis has the last word, on all samples since the set
before, so that live and batch cannot disagree. Memory is bounded: at most `LONGEST_S` of samples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hardset.signal.analysis import analyse
from hardset.signal.chains import MAX_REST_S
from hardset.signal.exercise import Exercise, Placement
from hardset.signal.glance import glance_at, reps_so_far
from hardset.signal.repetition import Repetition
from hardset.signal.samples import SampleBatch, joined
from hardset.signal.search import LONGEST_WINDOW_S
from hardset.signal.sets import MeasuredSet

HOP_S = 0.1
GLANCE_S = 12.0
LONGEST_S = LONGEST_WINDOW_S
IDLE_KEEP_S = 60.0
"""Without a rep in sight no more than this is kept."""
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
                events += self._hop(self._next_hop_s)
                late = float(batch.time_s[stop]) - self._next_hop_s
                self._next_hop_s += HOP_S * (1 + int(late / HOP_S))
            at = stop
        return events

    def finish(self) -> list[Event]:
        """The recording is over: settle what is still open."""
        if not self._batches:
            return []
        return self._settle(float(self._batches[-1].time_s[-1]))

    def _hop(self, now_s: float) -> list[Event]:
        if self._told and now_s - self._told[-1].concentric_end_s > MAX_REST_S:
            return self._settle(now_s)
        self._forget(now_s)
        recent = self._since(now_s - GLANCE_S)
        rep = glance_at(recent, self._placement, self._exercise, self._told)
        if rep is None:
            return []
        self._count += 1
        self._told.append(replace(rep, number=self._count))
        return [RepFinished(self._told[-1], True, now_s), *self._look_back(now_s)]

    def _look_back(self, now_s: float) -> list[Event]:
        """Withdraw told reps that the set as a whole does not support; the newest one is spared."""
        start = self._told[0].concentric_start_s - GLANCE_S
        supported = reps_so_far(self._since(start), self._placement, self._exercise)
        if supported is None:
            return []
        lost = [rep for rep in self._told[:-1] if not any(_same(rep, other) for other in supported)]
        self._told = [rep for rep in self._told if rep not in lost]
        return [RepWithdrawn(rep.number, now_s) for rep in lost]

    def _settle(self, now_s: float) -> list[Event]:
        """The batch analysis of all that was kept; it confirms, withdraws and adds."""
        samples = self._since(-np.inf)
        told, self._told = self._told, []
        sets: tuple[MeasuredSet, ...] = ()
        if len(samples) > 1 and samples.time_s[-1] > samples.time_s[0]:
            analysis = analyse(
                samples, exercise=self._exercise, placement=self._placement, set_on=self._set_on
            )
            sets = analysis.sets
        final = [rep for one in sets for rep in one.reps]
        events: list[Event] = [
            RepWithdrawn(rep.number, now_s) for rep in told if not any(_same(rep, other) for other in final)
        ]
        for rep in final:
            number = next((other.number for other in told if _same(rep, other)), 0)
            if number == 0:
                self._count += 1
                number = self._count
            else:
                told = [other for other in told if other.number != number]
            events.append(RepFinished(replace(rep, number=number), False, now_s))
        for one in sets:
            self._sets += 1
            events.append(SetEnded(replace(one, number=self._sets), now_s))
        end_s = sets[-1].end_s if sets else now_s - GLANCE_S
        self._batches = [self._since(end_s + 0.05)]
        return events

    def _since(self, start_s: float) -> SampleBatch:
        """Kept samples from a time on, as one batch; joins what has come in pieces."""
        if len(self._batches) > 64:
            self._batches = [joined(self._batches)]
        wanted = [batch for batch in self._batches if len(batch) and batch.time_s[-1] >= start_s]
        whole = joined(wanted if wanted else self._batches[-1:])
        return whole.slice(int(np.searchsorted(whole.time_s, start_s)), len(whole))

    def _forget(self, now_s: float) -> None:
        keep_s = LONGEST_S if self._told else IDLE_KEEP_S
        if self._batches and self._batches[0].time_s[0] < now_s - keep_s - 15.0:
            self._batches = [self._since(now_s - keep_s)]


def _same(one: Repetition, other: Repetition) -> bool:
    """Two views of one rep: their concentric phases overlap by a good part of the shorter."""
    overlap = min(one.concentric_end_s, other.concentric_end_s) - max(
        one.concentric_start_s, other.concentric_start_s
    )
    return overlap > SAME_REP_SHARE * min(one.concentric_s, other.concentric_s)
