"""Decoders against random and mutated notifications; `.ci/run` does a million of them."""

from __future__ import annotations

import random

from fuzz_decoders import fuzz

COUNT = 200_000


def test_nothing_is_raised_and_every_sample_is_sound() -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}: python tests/helpers/fuzz_decoders.py --count {COUNT} --seed {seed}")
    told = fuzz(COUNT, seed)
    assert sum(feeds for feeds, _ in told.values()) >= COUNT
    for id, (feeds, samples) in told.items():
        assert samples > feeds / 10, id  # enough of them still were frames
