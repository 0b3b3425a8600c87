"""Sets of a simulator that shares nothing with the product's own, as recordings for `hardset benchmark`.

Usage: python tests/accuracy/judge/write.py DIR --count 200 --seed 20000
       hardset benchmark DIR --peers

It was written from the literature and from statistics of real recordings, without sight of the pipeline that
it judges or of `hardset simulate`. So it is held out: a figure may be looked at here, nothing is fitted here.
Seeds under 10000 have been looked at.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from body import Station, TrueRep, move
from choreography import Performer
from plan import SetPlan, draw_set
from radio import draw_link, receive
from sensor import draw_sensor, feel

from hardset.signal.samples import SampleBatch
from hardset.tracker.simulation import SimulatedRecording
from hardset.tracker.simulation.files import IndexRow, write_index, write_simulated
from hardset.tracker.simulation.truth import TrueRep as KnownRep
from hardset.tracker.simulation.truth import Truth


def write(folder: Path, seed: int) -> IndexRow:
    """One recording with its truth; gives its row for the index."""
    rng = np.random.default_rng([seed, 3])
    plan, link, station = draw_set(rng), draw_link(rng), draw_station(rng)
    motion = move(Performer(plan, rng).play(), plan, station, rng)
    sensor = draw_sensor(rng, link.rate_hz)
    received = receive(feel(motion, sensor, rng), link, sensor, rng)
    samples = SampleBatch(received.time_s, received.values[:, :3], received.values[:, 3:])
    truth = Truth(
        plan.lift.name,
        float(link.rate_hz),
        tuple(_known(number, rep, motion.reps, plan) for number, rep in enumerate(motion.reps, 1)),
        plan.failed_attempt is not None,
    )
    recording = SimulatedRecording(samples, truth, plan.lift.name, "bar")
    path = folder / f"J{seed:05d}_{plan.lift.name}_{link.kind}.csv"
    return write_simulated(path, recording, radio=link.kind)


def draw_station(rng: np.random.Generator) -> Station:
    """Most sensors sit at the centre, some between the hands and plates, some on the end."""
    side = rng.choice([-1.0, 1.0])
    along = rng.choice([0.0, 0.5, 0.95], p=[0.5, 0.3, 0.2]) * side
    return Station(
        float(along + rng.uniform(-0.1, 0.1)), float(rng.uniform(0.012, 0.035)), float(rng.uniform(0, 6.28))
    )


def _known(number: int, rep: TrueRep, reps: tuple[TrueRep, ...], plan: SetPlan) -> KnownRep:
    left = plan.repetitions_in_reserve + len(reps) - number
    return KnownRep(number, rep.start_s, rep.end_s, rep.mean_velocity_mps, None, rep.rom_m, left)


def main() -> None:
    """Write as many as were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20000)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    write_index(asked.folder, [write(asked.folder, asked.seed + position) for position in range(asked.count)])


if __name__ == "__main__":
    main()
