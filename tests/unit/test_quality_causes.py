"""Why something was lost, on a tiny set whose causes are known by hand."""

import json
from pathlib import Path

import pytest

from tools.quality.examples import read_sentence
from tools.quality.measure import measure, measure_robustness

TEXT = (
    "Mayor Ana Rusk said on Friday that guards had beaten three miners in Tolna. "
    "The miners padlocked the gate.\n"
)
NAMES = (("Organisation", "Rusk"), ("Location", "Tolna"), ("Organisation", "gate"))


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict:
    root = tmp_path_factory.mktemp("gold")
    _re3d(root / "re3d" / "Somewhere")
    _polnear(root / "polnear" / "dev")
    return measure(root, ablation=False)


def _re3d(folder: Path) -> None:
    folder.mkdir(parents=True)
    rows = [
        {
            "documentId": "D1",
            "begin": TEXT.index(words),
            "end": TEXT.index(words) + len(words),
            "type": kind,
            "confidence": 1,
        }
        for kind, words in NAMES
    ]
    (folder / "entities.json").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (folder / "documents.json").write_text(json.dumps({"_id": "D1", "text": TEXT}), "utf-8")


def _polnear(folder: Path) -> None:
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    (folder / "text" / "a.txt").write_text(TEXT, "utf-8", newline="")
    lines, spans = [], ("Ana Rusk", "miners padlocked the gate", "said")
    for number, (role, words) in enumerate(
        zip(("Source", "Content", "Cue"), spans, strict=True), 1
    ):
        start = TEXT.index(words)
        lines.append(f"T{number}\t{role} {start} {start + len(words)}\t{words}")
    lines.append("E1\tCue:T3 Source:T1 Content:T2")
    (folder / "attributions" / "a_0f.ann").write_text("\n".join(lines), "utf-8")


def test_scores_without_sentences(figures: dict) -> None:
    names = [one["name"] for one in figures["sets"]]
    assert names == ["polnear/dev", "re3d"]
    assert "padlocked" not in json.dumps(figures)


def test_causes_of_names_and_claims(figures: dict) -> None:
    causes = figures["causes"]
    assert causes["re3d"]["names.type"]["wrong"] == {"organisation taken for person": 1}
    assert causes["polnear/dev"]["content.indirect"] == {
        "missed": {"a word for saying that is known, but not read here": 1},
        "invented": {"no claim in the gold": 1},
    }


def test_moves_are_differences() -> None:
    scores = {"": {"a": 0.9, "b": 0.5}, "capitals": {"a": 0.8, "b": 0.5}}
    moves = measure_robustness(["seeds"], ["capitals"], lambda _group, change: scores[change])
    assert moves == {"capitals": {"seeds": {"a": -0.1}}}


def test_what_is_read_of_a_sentence() -> None:
    read = read_sentence("Police arrested Tom Ferris in Tirana on Monday.")
    assert read == "ARREST (arrested) by Police of Tom Ferris at Tirana on 2024-05-13"
    assert read_sentence("It rained.") == "nothing"
