"""`kg eval`: finding sets, extracting as `kg extract` does, tables, lists of mistakes, JSON."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import InputError
from kg.evaluate import Accuracy, Count, Fraction, Mistake, Prf, SetScores, ablate, evaluate
from kg.evaluate.annotated import COLUMNS, KIND
from kg.evaluate.columns import MAIN_COLUMNS, MEANINGS, SHORT_COLUMNS, chosen_columns
from kg.evaluate.listing import list_mistakes, to_json
from kg.evaluate.report import View, show_scores
from kg.evaluate.runs import _extract, check_groups
from kg.evaluate.tables import ablation_table, by_kind, idle_groups, score_table, type_table
from kg.extract import extract_prepared, prepare_articles
from kg.extract.parse import load_model
from kg.model import Failure
from kg.pipeline import collect_inputs, extract_collected
from kg.settings import Settings
from tests.unit.annotation import MILL, write_gold

BARE = Settings(model="none")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("root")
    write_gold(folder / "gold" / "alpha")
    write_gold(folder / "gold" / "beta", {"PROTEST": {}, "ARREST": {}})
    return folder


def shown(table):
    console = Console(file=io.StringIO(), width=200)
    console.print(table)
    return console.file.getvalue()


def test_sets_side_by_side_and_the_same_again(root):
    first, again = evaluate(root, BARE), evaluate(root, BARE)
    assert [s.name for s in first] == ["alpha", "beta"]
    assert {s.kind for s in first} == {"annotated articles"}
    assert first == again


def test_a_set_scores_the_same_without_the_others(root):
    both = evaluate(root, BARE)
    assert evaluate(root, BARE, only=["beta"]) == [both[1]]


def test_records_are_those_of_extract(root):
    collected = collect_inputs([root / "gold" / "alpha" / "text"], Settings())
    ours, failures = _extract(prepare_articles(collected.documents, Settings()), Settings())
    theirs, _ = extract_collected(collected, Settings())
    assert not failures
    assert sorted(ours, key=lambda a: a.id) == theirs


def test_progress_counts_the_documents_of_all_sets(root):
    told = []
    evaluate(root, BARE, progress=lambda *args: told.append(args))
    assert told == [("evaluate", n, 4) for n in range(5)]


def test_a_missing_folder_an_empty_one_and_an_unknown_name(root, tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        evaluate(tmp_path / "lost")
    with pytest.raises(InputError, match=r"no gold set in this folder; looked for .*gold\.json"):
        evaluate(tmp_path)
    with pytest.raises(InputError, match="no gold set gamma; found: alpha, beta"):
        evaluate(root, only=["gamma"])


def test_a_set_that_cannot_be_read_is_skipped_with_its_reason(tmp_path):
    write_gold(tmp_path / "good")
    bad = write_gold(tmp_path / "bad")
    (bad / "mill.gold.json").write_text("{", "utf-8")
    bad_scores, good_scores = evaluate(tmp_path, BARE)
    assert bad_scores.skipped.startswith("mill.gold.json: not a readable JSON file")
    assert good_scores.columns
    assert by_kind([bad_scores, good_scores]) == {"annotated articles": [good_scores]}


def test_ablation_has_all_rules_first_and_is_what_switching_off_gives(root):
    results = ablate(root, BARE, groups=["unnamed-actors", "known-names"])
    assert list(results) == ["", "known-names", "unnamed-actors"]
    assert results[""] == evaluate(root, BARE)
    off = replace(BARE, without=frozenset({"known-names"}))
    assert results["known-names"] == evaluate(root, off)


def test_rule_groups_are_checked():
    assert check_groups(["reports", "roles"]) == ("roles", "reports")
    with pytest.raises(InputError, match="no rule group magic; there are: known-names"):
        check_groups(["magic"])


def test_the_public_name():
    assert kg.evaluate_gold is evaluate


SCORES = SetScores(
    name="alpha",
    kind="demo",
    documents=3,
    columns={
        "names": Prf(8, 2, 0),
        "names.exact": Prf(1, 1, 1),
        "label": Accuracy(1, 4),
        "leaks": Count(2),
        "clusters": Fraction(0.5, 1.0),
        "nothing": Accuracy(),
    },
    peers={"names (bare model)": Prf(1, 9, 0)},
    by_type={"names": {"City": Prf(1), "Person": Prf(0, 1)}},
    mistakes=(
        Mistake(column="label", kind="wrong", document="mill", gold="A", found="B", offset=7),
        Mistake(
            column="names",
            kind="missed",
            document="mill",
            type="City",
            gold="Torvik",
            sentence="In Torvik.",
            offset=3,
        ),
    ),
)


def test_table_has_f1_precision_recall_accuracy_and_the_baseline_below():
    lines = shown(score_table("demo", [SCORES], list(SCORES.columns))).splitlines()
    rows = [" ".join(line.split()) for line in lines]
    assert "names .889 .800 1.00" in rows
    assert rows[rows.index("names .889 .800 1.00") + 1] == "names (bare model) .182 .100 1.00"
    assert "label .250 n 4" in rows
    assert "leaks 2" in rows
    assert "clusters .667 .500 1.00" in rows
    assert "nothing - n 0" in rows


def test_columns_by_whole_name_or_by_beginning():
    assert chosen_columns([SCORES], ["names"]) == ["names"]
    assert chosen_columns([SCORES], ["name", "lea"]) == ["names", "names.exact", "leaks"]
    assert chosen_columns([SCORES]) == list(SCORES.columns)


def test_a_narrow_table_has_the_main_numbers_only():
    (*_, row) = show_scores([SCORES], {}, View(prefixes=("label",), width=20))
    assert row == ""
    text = shown(score_table("demo", [SCORES], ["names", "label"], short=True))
    assert [line.split() for line in text.splitlines()[3:]][:3] == [
        ["names", ".889"],
        ["names", "(bare", "model)", ".182"],
        ["label", ".250"],
    ]


def test_main_columns_are_columns_and_every_column_has_a_meaning():
    assert set(MAIN_COLUMNS[KIND]) <= set(COLUMNS)
    assert set(SHORT_COLUMNS) <= set(MAIN_COLUMNS[KIND])
    assert MEANINGS[KIND] == COLUMNS
    table = shown(score_table("demo", [SCORES], ["names"], meanings={"names": "who is named"}))
    assert "who is named" in table


def test_table_by_type():
    assert "City    1.00" in shown(type_table("names", [SCORES]))
    assert type_table("label", [SCORES]) is None


def test_ablation_table_has_changes_in_hundredths():
    less = replace(SCORES, columns={**SCORES.columns, "label": Accuracy(0, 4), "leaks": Count(3)})
    text = shown(ablation_table("alpha", {"": [SCORES], "roles": [less]}))
    row = next(line for line in text.splitlines() if "roles" in line).split()
    assert idle_groups({"": [SCORES], "roles": [less], "reports": [SCORES]}) == ["reports"]
    assert row == ["roles", "·", "·", "-25.0", "+1", "·", "-"]


def test_mistakes_are_blocks_by_column_with_counts():
    assert list(list_mistakes([SCORES])) == [
        "== alpha names: 1 missed",
        "alpha/mill:3: names missed: gold='Torvik'",
        "    In Torvik.",
        "",
        "== alpha label: 1 wrong",
        "alpha/mill:7: label wrong: gold='A' found='B'",
        "",
    ]
    assert next(list_mistakes([SCORES], ["label"])) == "== alpha label: 1 wrong"


def test_json_has_everything():
    (value,) = to_json([SCORES])
    assert value["columns"]["names"] == {
        "f1": pytest.approx(8 / 9),
        "precision": 0.8,
        "recall": 1.0,
        "right": 8,
        "invented": 2,
        "missed": 0,
    }
    assert value["columns"]["label"] == {"accuracy": 0.25, "right": 1, "n": 4}
    assert value["columns"]["leaks"] == {"count": 2}
    assert value["mistakes"][1]["sentence"] == "In Torvik."
    assert json.loads(json.dumps(value)) == value


def run(*args):
    return CliRunner().invoke(app, ["eval", *map(str, args), "--model", "none"])


def test_command_prints_tables_mistakes_and_writes_json(root, tmp_path):
    target = tmp_path / "scores.json"
    done = run(root, "places.set", "--errors", "--per-document", "--by", "type", "--json", target)
    assert done.exit_code == 0
    assert "annotated articles" in done.output
    assert "places.set, by type" in done.output
    assert "alpha, by text" in done.output
    place = MILL.index("Torvik marched")
    assert f"alpha/mill:{place}: places.set missed: gold='City: Torvik'\n" in done.output
    sets = json.loads(target.read_text("utf-8"))["sets"]
    assert [s["name"] for s in sets] == ["alpha", "beta"]


def test_command_shows_an_ablation(root):
    done = run(root, "--only", "alpha", "--ablation", "--without", "roles,pronouns")
    assert done.exit_code == 0
    assert "alpha: change in hundredths without a rule group" in done.output
    assert "pronouns" in done.output
    assert "reports" not in done.output


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["--only", "gamma"], "no gold set gamma"),
        (["--without", "magic"], "no rule group magic"),
        (["colour"], "no column is named or begins with colour; there are: article.headline"),
    ],
)
def test_command_refuses_what_is_not_there(root, args, reason):
    done = run(root, *args)
    assert reason in str(done.exception)


def test_command_ends_with_2_where_no_set_is_left(tmp_path):
    bad = write_gold(tmp_path / "bad")
    (bad / "mill.gold.json").write_text("{", "utf-8")
    assert run(tmp_path).exit_code == 2


def test_a_text_that_breaks_a_rule_counts_as_empty_and_is_named(root, monkeypatch):
    def broken(prepared, settings):
        source = prepared.parsed.document.source
        if source == "mill.txt":
            return Failure(source=source, step="extract", reason="a rule failed")
        return extract_prepared(prepared, settings)

    monkeypatch.setattr("kg.evaluate.runs.extract_prepared", broken)
    (scores,) = evaluate(root, BARE, only=["alpha"])
    assert scores.notes[-1] == "mill.txt could not be used, and counts as empty: a rule failed"
    assert scores.columns["events.mentions"].missed == 3


def test_rules_alone_are_said_where_nobody_asked_for_them(root, monkeypatch):
    (bare,) = evaluate(root, BARE, only=["alpha"])
    assert not any("rules alone" in note for note in bare.notes)
    monkeypatch.setattr("kg.extract.parse.PINNED_MODEL", "no_such_model")
    load_model.cache_clear()
    (scores,) = evaluate(root, only=["alpha"])
    load_model.cache_clear()
    assert "no language model is installed, so rules alone were used" in scores.notes[-1]
