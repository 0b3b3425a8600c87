"""The machine-readable output of a live session: one object a line, a line a fact.

The last `rep` of a number counts; a number named in `rep_withdrawn` is no rep; `set_ended` repeats
the whole set as it is settled. Times are seconds on the session's clock.
"""

from __future__ import annotations

from hardset.tracker.contract import Json, rep_to_json, rounded, set_to_json
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    RepTakenBack,
    RepTold,
    SensorStatus,
    SetOver,
    SignalBack,
    SignalLost,
    Warned,
)


def fact_to_json(fact: Fact) -> Json | None:
    """One line of `hardset live --json`; None for what only screens show."""
    figures = _figures(fact)
    if figures is None:
        return None
    name, rest = figures
    return {"fact": name, "at_s": rounded(fact.at_s, 3), **rest}


def _figures(fact: Fact) -> tuple[str, Json] | None:
    match fact:
        case Connected():
            asked = rounded(fact.asked_rate_hz, 1)
            return "connected", {"sensor": fact.sensor, "model": fact.model, "asked_rate_hz": asked}
        case SensorStatus():
            return None
        case RepTold():
            return "rep", _rep(fact)
        case RepTakenBack():
            return "rep_withdrawn", {"number": fact.number, "place": fact.place}
        case SetOver():
            return "set_ended", {**set_to_json(fact.scored), "set_id": fact.set_id}
        case SignalLost():
            return "signal_lost", {"reason": fact.reason}
        case SignalBack():
            return "signal_back", {"gap_s": rounded(fact.gap_s, 3)}
        case Warned():
            return "warning", {"text": fact.text}
        case Ended():
            counts = {"received": fact.received, "repeated": fact.repeated, "missing": fact.missing}
            return "ended", {**counts}


def _rep(fact: RepTold) -> Json:
    return {
        **rep_to_json(fact.rep, fact.velocity_loss_pct, fact.rir),
        "number": fact.number,
        "place": fact.place,
        "corrects": fact.corrects,
        "settled": fact.settled,
    }
