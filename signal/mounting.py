"""A sensor that comes back after an outage another way round than it went: only what follows counts live.

Over such an outage the way from one orientation to the other shows as movement, and a look at the last
seconds sees a stroke there that never was.
"""

from __future__ import annotations

import numpy as np

from hardset.signal.samples import FloatArray, SampleBatch

OUTAGE_S = 1.0
"""A radio loses samples for up to 0.8 s; nobody takes a sensor off and puts it on again within a second."""
BESIDE_S = 1.0
"""The direction of gravity is the mean over so long on either side."""
SAME_WAY = float(np.cos(np.radians(60.0)))
"""A bar or a wrist that lifts turns by less between two moments of a rep; a curl may count as taken off."""


def since_mounted(samples: SampleBatch) -> SampleBatch:
    """The samples since the sensor was last put on another way round; all of them where it never was."""
    for at in np.flatnonzero(np.diff(samples.time_s) > OUTAGE_S)[::-1]:
        if _direction(samples, int(at), -1) @ _direction(samples, int(at) + 1, 1) < SAME_WAY:
            return samples.slice(int(at) + 1, len(samples))
    return samples


def _direction(samples: SampleBatch, at: int, way: int) -> FloatArray:
    """(3,) unit vector of the mean acceleration from sample `at` on, backwards (-1) or forwards (1)."""
    since_s = way * (samples.time_s - samples.time_s[at])
    mean = samples.acceleration_mps2[(since_s >= 0.0) & (since_s < BESIDE_S)].mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9))
