"""A few inputs for every target, always the same; and all that was ever found."""

import ast
from pathlib import Path

import pytest

from tests.fuzz.__main__ import CASES, fuzz
from tests.fuzz.targets import TARGETS

INPUTS = {"client": 12, "host": 80}  #: of what is slow
FOUND = sorted(CASES.glob("*.txt"))


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_inputs(name: str) -> None:
    most = INPUTS.get(name, 150)
    assert fuzz(TARGETS[name], 30, first_seed=1, most=most).count >= most / 2


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.stem)
def test_what_was_found_stays_mended(case: Path) -> None:
    name = case.stem.rpartition("-")[0]
    with TARGETS[name].start() as check:
        check(ast.literal_eval(case.read_text("utf-8")))
