"""What the rules read from single sentences, right and wrong ones (format: reader.py)."""

import pytest

from tests.sentences.reader import FOLDER, Reading, extract_cases, load_cases, parse_expectation

FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
CASES = [(file, case.number) for file in FILES for case in load_cases(file)[1]]


@pytest.mark.parametrize(("file", "number"), CASES, ids=[f"{f}-{n}" for f, n in CASES])
def test_sentence(file, number):
    case = load_cases(file)[1][number]
    reading = Reading(extract_cases(file)[number])
    for line in case.has:
        kind = parse_expectation(line)[0]
        assert reading.meets(line), f"{case.text}\nwanted: {line}\nfound:\n{reading.show(kind)}"
    for line in case.lacks:
        kind = parse_expectation(line)[0]
        assert not reading.meets(line), f"{case.text}\nnot wanted: {line}\n{reading.show(kind)}"


@pytest.mark.parametrize("file", FILES)
def test_each_rule_group_has_right_and_wrong_ones(file):
    cases = load_cases(file)[1]
    assert len(cases) >= 60
    assert len({c.text for c in cases}) == len(cases)
    assert all(c.has or c.lacks for c in cases)
    assert sum(bool(c.lacks) for c in cases) >= 12
