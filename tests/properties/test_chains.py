"""Random chains of deliveries end in the roster that a naive model says, night after night."""

from __future__ import annotations

import os

import pytest
from tests.naive.chains import draw_chain
from tests.naive.playing import play

FIRST = int(os.environ.get("ROLLBOOK_TEST_FIRST_CHAIN", "2"))
CHAINS = int(os.environ.get("ROLLBOOK_TEST_CHAINS", "5"))  # `make chains` plays 500


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, FIRST + CHAINS))
def test_chain_of_deliveries_agrees_with_a_naive_model(seed: int) -> None:
    chain = draw_chain(seed)
    assert play(chain) == [], chain
