"""The lines of a live session: names that other programs rely on, and nothing that JSON can't hold."""

from __future__ import annotations

import json
from pathlib import Path

from hardset.tracker.contract import rep_to_json
from hardset.tracker.delivery import notifications
from hardset.tracker.facts import (
    Connected,
    Ended,
    Fact,
    RepTakenBack,
    SensorStatus,
    SignalBack,
    SignalLost,
    Warned,
)
from hardset.tracker.facts_json import fact_to_json
from hardset.tracker.recordings import read_recording
from hardset.tracker.session import Session
from hardset.tracker.training.catalogue import exercise

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_the_simple_facts() -> None:
    assert [fact_to_json(fact) for fact in SIMPLE] == [
        {
            "fact": "connected",
            "at_s": 0.5,
            "sensor": "WT901 (C4:11)",
            "model": "WitMotion BLE 5",
            "asked_rate_hz": 200.0,
        },
        None,
        {"fact": "rep_withdrawn", "at_s": 9.0, "number": 4, "place": 3},
        {"fact": "signal_lost", "at_s": 10.123, "reason": "it hung up"},
        {"fact": "signal_back", "at_s": 12.5, "gap_s": 2.377},
        {"fact": "warning", "at_s": 13.0, "text": "asked for 200, 25 come"},
        {"fact": "ended", "at_s": 60.0, "received": 1200, "repeated": 2, "missing": 30},
    ]


SIMPLE: list[Fact] = [
    Connected(0.5, "WT901 (C4:11)", "WitMotion BLE 5", 200.0),
    SensorStatus(1.0, 199.0, 80.0, 200, 0, 0),
    RepTakenBack(9.0, 4, 3, None),
    SignalLost(10.1234, "it hung up"),
    SignalBack(12.5, 2.3766),
    Warned(13.0, "asked for 200, 25 come"),
    Ended(60.0, 1200, 2, 30),
]


def test_a_rep_carries_the_fields_of_the_contract_and_a_set_all_of_itself() -> None:
    samples = read_recording(FIXTURES / "squat_burst_radio.csv").samples
    session = Session(exercise("back_squat"))
    facts = [f for part in notifications(samples) for f in session.feed(part, float(part.time_s[-1]))]
    facts += session.finish(60.0)
    said = [line for line in map(fact_to_json, facts) if line is not None]
    assert all(json.loads(json.dumps(line, allow_nan=False)) == line for line in said)
    reps = [line for line in said if line["fact"] == "rep"]
    from hardset.tracker.facts import RepTold

    first = next(f for f in facts if isinstance(f, RepTold))
    contract = rep_to_json(first.rep, first.velocity_loss_pct, first.rir)
    assert contract.items() <= reps[0].items()
    assert reps[0].keys() - contract.keys() == {"fact", "at_s", "place", "corrects", "settled"}
    (over,) = (line for line in said if line["fact"] == "set_ended")
    whole = over["reps"]
    assert isinstance(whole, list)
    held = {line["number"]: line for line in reps}
    gone = {line["number"] for line in said if line["fact"] == "rep_withdrawn"}
    assert len(held.keys() - gone) == len(whole)
    assert {"p_hard", "calibrated", "rir", "velocity_loss_pct", "set_id"} <= over.keys()
