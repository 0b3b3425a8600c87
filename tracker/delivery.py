"""A recording in the portions in which a radio would have delivered it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hardset.signal.samples import SampleBatch

NOTIFICATION_S = 0.03
"""A Bluetooth link hands its samples over about every 30 ms."""


def notifications(samples: SampleBatch, period_s: float = NOTIFICATION_S) -> Iterator[SampleBatch]:
    """Consecutive parts of the samples, each at most `period_s` long by its stamps; none is empty."""
    times = samples.time_s
    edges = np.arange(times[0] + period_s, times[-1] + period_s, period_s)
    begin = 0
    for stop in np.searchsorted(times, edges, side="right"):
        if stop > begin:
            yield samples.slice(begin, int(stop))
            begin = int(stop)
    if begin < len(samples):
        yield samples.slice(begin, len(samples))
