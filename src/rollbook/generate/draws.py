"""Chance without state: a number for any record, from its index alone.

A district of a million students cannot be kept as objects, so nothing about a person is stored.
Each attribute is computed again, whenever it is needed, from a stream (one per seed and purpose)
and the record's index.
"""

from __future__ import annotations

from random import Random

_WORD = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15


def chance_of(seed: int, *purpose: object) -> Random:
    """Return a generator of its own for one purpose, `chance_of(7, "churn", 2)`."""
    return Random("/".join(map(str, ("rollbook", seed, *purpose))))


def stream_of(seed: int, purpose: str) -> int:
    """Return the stream of one purpose, the first argument of `draw`."""
    return chance_of(seed, "stream", purpose).getrandbits(64)


def draw(stream: int, index: int) -> int:
    """Return 64 well mixed bits for a record. Callers take other bits for each decision.

    Source: splitmix64, in Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
    """
    word = (stream + index * _GOLDEN) & _WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
    return word ^ (word >> 31)
