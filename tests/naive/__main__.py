"""Play many chains, and cut those on which product and model disagree down to what matters.

    python -m tests.naive --first 1 --chains 500

Runs a PostgreSQL of its own in a temporary folder; nothing of it is left. Exit status 1: some chain
disagreed.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from pprint import pformat
from unittest.mock import patch

import pytest
from tests.naive.chains import Chain, Night, draw_chain


def main() -> int:
    """Let pytest set the database up, and play inside of one test."""
    arguments = _arguments()
    here = Path(__file__).parent / "__main__.py"
    status = pytest.main(
        [
            "-q",
            "-s",
            "-n",
            "0",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            f"{here}::test_many",
        ],
        plugins=[_Given(arguments)],
    )
    return int(status)


class _Given:
    def __init__(self, arguments: argparse.Namespace) -> None:
        self._given = arguments

    @pytest.fixture
    def arguments(self) -> argparse.Namespace:
        """Return what was asked for on the command line."""
        return self._given


@pytest.mark.django_db
def test_many(arguments: argparse.Namespace) -> None:
    """Play the chains asked for."""
    failed, nights = [], 0
    seeds = arguments.only or range(arguments.first, arguments.first + arguments.chains)
    for count, seed in enumerate(seeds, start=1):  # noqa: B007 - how many there were is said below
        chain = draw_chain(seed)
        if arguments.second is not None:
            chain = replace(chain, second=arguments.second, nights=_of_first(chain))
        nights += len(chain.nights)
        lines = tell(chain)
        if lines:
            failed.append(seed)
            if arguments.shrink:
                chain, lines = shrink(chain, lines)
            _say(f"\nchain {seed} disagrees:\n{pformat(chain, width=140)}\n  " + "\n  ".join(lines))
        else:
            _say(f"{seed} ", end="")
        if len(failed) >= arguments.most:
            break
    _say(f"\n{count} chains, {nights} deliveries, disagree: {failed or 'none'}")
    assert not failed


def _of_first(chain: Chain) -> tuple[Night, ...]:
    return tuple(it for it in chain.nights if it.source == 1)


def tell(chain: Chain) -> list[str]:
    """Play a chain; an exception is a disagreement, too."""
    from tests.naive.playing import play

    try:
        # Rules about records among others only warn, and take a third of the time.
        with patch("rollbook.validation.problems.find_relations"):
            return play(chain)[:25]
    except Exception:  # of whatever kind: it is to be told, and the next chain played
        return ["raised " + traceback.format_exc()[-1200:]]


def shrink(chain: Chain, lines: list[str]) -> tuple[Chain, list[str]]:
    """Leave out what is not needed for a chain to disagree in the same way."""
    kind = _kind(lines)
    while True:
        for smaller in _smaller(chain):
            found = tell(smaller)
            if found and _kind(found) == kind:
                chain, lines = smaller, found
                break
        else:
            return chain, lines


def _kind(lines: list[str]) -> str:
    words = lines[0].split(": ", 1)[-1].split()
    return " ".join(words[:2])


def _smaller(chain: Chain) -> list[Chain]:
    nights = chain.nights
    found = [
        replace(chain, nights=nights[:at] + nights[at + 1 :])
        for at in reversed(range(len(nights)))
        if at > 0 and nights[:at] + nights[at + 1 :]
    ]
    for at, night in enumerate(nights):
        simpler: list[Night] = [
            *(replace(night, events=_without(night.events, it)) for it in range(len(night.events))),
            *(
                replace(night, mishaps=_without(night.mishaps, it))
                for it in range(len(night.mishaps))
            ),
        ]
        if night.is_delta:
            simpler.append(replace(night, is_delta=False))
        if night.removals_wait:
            simpler.append(replace(night, removals_wait=False))
        found += [replace(chain, nights=(*nights[:at], it, *nights[at + 1 :])) for it in simpler]
    if chain.grace_days:
        found.append(replace(chain, grace_days=0))
    if chain.second and all(night.source == 1 for night in nights):
        found.append(replace(chain, second=""))
    return found


def _without(items: tuple[tuple[str, int], ...], at: int) -> tuple[tuple[str, int], ...]:
    return items[:at] + items[at + 1 :]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--chains", type=int, default=500)
    parser.add_argument("--only", type=int, nargs="*", help="play these seeds and no other")
    parser.add_argument("--most", type=int, default=10, help="stop after so many disagreements")
    parser.add_argument("--second", choices=["", "contacts", "school"], help="draw no other source")
    parser.add_argument("--shrink", action="store_true", help="cut down what disagrees")
    return parser.parse_args()


_say: Callable[..., None] = lambda text, end="\n": print(text, end=end, flush=True)  # noqa: E731,T201

if __name__ == "__main__":
    sys.exit(main())
