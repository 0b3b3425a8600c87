"""A lifter's state as a JSON-able value and back."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import asdict
from typing import Any

import numpy as np

from hardset.signal.rir_evidence import ClassPrior
from hardset.signal.rir_grid import Floats
from hardset.signal.rir_learning import LifterState, grid_of

SCHEMA = 1
NEGLIGIBLE = -12.0
"""Log weights further than this under the largest are stored as this: 6 in a million."""
STEP = 1.0 / 32.0
"""Log weights are stored in these steps: an error of at most 1.6 % of a weight."""


def state_to_dict(state: LifterState) -> dict[str, Any]:
    """JSON-able value of a state, some kB; weights are kept to about a hundredth."""
    return {
        "schema": SCHEMA,
        "prior": asdict(state.prior),
        "base": _pack(state.base),
        "open_sets": None if state.open_sets is None else _pack(state.open_sets),
        "session": state.session,
        "sets": state.sets,
        "failures": state.failures,
        "failures_in_session": state.failures_in_session,
        "newest_days_ago": state.newest_days_ago,
        "load_weight": state.load_weight,
        "load_log_e1rm": state.load_log_e1rm,
        "feel_before": None if state.feel_before is None else list(state.feel_before),
    }


def state_from_dict(value: dict[str, Any]) -> LifterState:
    """State from `state_to_dict`'s value; ValueError for anything else."""
    if value.get("schema") != SCHEMA:
        raise ValueError(f"a lifter's state of schema {value.get('schema')!r} cannot be read here")
    try:
        prior = ClassPrior(**value["prior"])
        shape = grid_of(prior).prior.shape
        return LifterState(
            prior=prior,
            base=_unpack(value["base"], shape),
            open_sets=None if value["open_sets"] is None else _unpack(value["open_sets"], shape),
            session=value["session"],
            sets=int(value["sets"]),
            failures=int(value["failures"]),
            failures_in_session=int(value["failures_in_session"]),
            newest_days_ago=value["newest_days_ago"],
            load_weight=float(value["load_weight"]),
            load_log_e1rm=float(value["load_log_e1rm"]),
            feel_before=None if value["feel_before"] is None else tuple(value["feel_before"]),
        )
    except (KeyError, TypeError, binascii.Error, zlib.error) as error:
        raise ValueError("this is no lifter's state") from error


def _pack(weights: Floats) -> dict[str, Any]:
    with np.errstate(divide="ignore"):
        logs = np.log(weights / weights.max())
    steps = np.rint(np.maximum(logs, NEGLIGIBLE) / STEP).astype("<i2")
    # Neighbouring levels differ little: their differences compress twice as well.
    packed = base64.b64encode(zlib.compress(np.diff(steps, axis=0, prepend=np.int16(0)).tobytes(), 9))
    return {"shape": list(weights.shape), "log_weights": packed.decode("ascii")}


def _unpack(value: dict[str, Any], shape: tuple[int, ...]) -> Floats:
    whole = tuple(int(n) for n in value["shape"])
    steps = np.frombuffer(zlib.decompress(base64.b64decode(value["log_weights"])), dtype="<i2")
    if whole[:2] != shape or len(whole) != 4 or steps.size != np.prod(whole):
        raise ValueError("this state was made with another version of the model: rebuild it from the history")
    weights: Floats = np.exp(STEP * np.cumsum(steps.reshape(whole), axis=0, dtype=np.float64))
    result: Floats = weights / weights.sum()
    return result
