"""The GitHub Action and the pre-commit hooks, run here as GitHub would run them."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
import yaml

import kg

ROOT = Path(__file__).parents[2]
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:BookShape a sh:NodeShape ;
    sh:targetClass ex:Book ;
    sh:property ex:BookShape-pages .

ex:BookShape-pages a sh:PropertyShape ;
    sh:path ex:pages ;
    sh:datatype xsd:integer ;
    sh:message "The pages of a book are a whole number." .
"""
BOOK = """@prefix ex: <https://example.org/> .

ex:b1 a ex:Book ;
    ex:title "A" ;
    ex:pages {} .
"""


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def act(tmp_path, monkeypatch):
    """Run the action in a folder with shapes; kg is the one under test, not a fresh install."""
    monkeypatch.setenv("PYTHONPATH", str(Path(kg.__file__).parents[1]))
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "book.ttl").write_text(SHAPES)

    def run(**inputs):
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        given = {"install": {"python": sys.executable}}
        return tool("run_action").run_action(named, workspace=tmp_path, given=given)

    return run


def action():
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_no_input_of_the_action_is_pasted_into_shell_text():
    steps = [step for step in action()["runs"]["steps"] if "run" in step]
    assert steps
    assert not [step["run"] for step in steps if "${{" in step["run"]]


def test_every_input_of_the_action_is_handed_to_a_step():
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", (ROOT / "action.yml").read_text()))
    assert used == set(action()["inputs"])


def test_every_variable_of_a_step_is_one_that_the_script_reads():
    script = (ROOT / "tools" / "action.py").read_text("utf-8")
    lines = set(re.findall(r'(?:_lines|matches)\("(\w+)"\)', script))
    for step in action()["runs"]["steps"]:
        for name in step.get("env", {}):
            assert f'"{name}"' in script or name[3:].lower() in lines, name


def test_data_that_conform_end_with_0_and_say_so(act, tmp_path):
    (tmp_path / "a.ttl").write_text(BOOK.format(12))
    outcome = act(files="a.ttl", shapes="shapes")
    assert outcome.code == 0, outcome.log
    expected = {"conforms": "true", "violations": "0", "warnings": "0", "sarif": ""}
    assert outcome.outputs == {**expected, "exit-code": "0"}
    assert "kg validate: conforms" in outcome.summary


def test_a_violation_is_annotated_on_its_line_and_fails(act, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "my books.ttl").write_text(BOOK.format('"many"'))
    outcome = act(files="data/*.ttl", shapes="shapes", sarif="kg.sarif", junit="kg.xml")
    assert outcome.code == 1, outcome.log
    assert re.search(r"(?m)^::error .*file=data/my books\.ttl,line=5\b", outcome.log)
    assert outcome.outputs["violations"] == "1"
    assert outcome.outputs["exit-code"] == "1"
    assert outcome.outputs["sarif"] == "kg.sarif"
    assert json.loads((tmp_path / "kg.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "kg.xml").read_text("utf-8").startswith("<?xml")
    assert "data/my books.ttl:5" in outcome.summary
    assert "The pages of a book are a whole number." in outcome.summary


def test_several_lines_of_files_are_several_patterns(act, tmp_path):
    (tmp_path / "a.ttl").write_text(BOOK.format(12))
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "b.ttl").write_text(BOOK.format('"x"').replace("b1", "b2"))
    outcome = act(files="a.ttl\n\n  deep/**/*.ttl\n", shapes="shapes/*.ttl")
    assert outcome.outputs["violations"] == "1", outcome.log


def test_an_input_is_never_run_by_a_shell(act, tmp_path):
    evil = '$(touch pwned)`touch pwned`"; touch pwned; echo "'
    for inputs in ({"files": evil}, {"files": "shapes", "shapes": evil}, {"files": f"-x{evil}"}):
        outcome = act(**inputs)
        assert outcome.code == 2
        assert outcome.outputs["exit-code"] == "2"
    (tmp_path / "a.ttl").write_text(BOOK.format(12))
    act(files="a.ttl", shapes="shapes", extra_arguments="--max '3; touch pwned'")
    act(files="a.ttl", shapes="shapes", max=evil)
    assert not list(tmp_path.rglob("pwned"))


def test_words_of_the_data_cannot_give_the_runner_a_command(act, tmp_path):
    evil = '"""x\n::add-mask::secret\n::set-output name=a::b"""'
    (tmp_path / "a.ttl").write_text(BOOK.format(evil))
    (tmp_path / "shapes" / "book.ttl").write_text(SHAPES.replace('"The', '"\\n::add-mask::The'))
    outcome = act(files="a.ttl", shapes="shapes")
    assert outcome.code == 1
    assert not re.search(r"(?m)^::(add-mask|set-output)", outcome.log)


def test_a_folder_called_kg_in_the_checkout_is_not_run(act, tmp_path):
    (tmp_path / "kg").mkdir()
    (tmp_path / "kg" / "__init__.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "a.ttl").write_text(BOOK.format(12))
    assert act(files="a.ttl", shapes="shapes").code == 0


def test_broken_shapes_end_with_2_and_an_annotation(act, tmp_path):
    (tmp_path / "shapes" / "book.ttl").write_text(SHAPES.replace("sh:datatype", "sh:datatyp"))
    (tmp_path / "a.ttl").write_text(BOOK.format(12))
    outcome = act(files="a.ttl", shapes="shapes")
    assert outcome.code == 2
    assert re.search(r"(?m)^::error .*datatyp", outcome.log)
    assert outcome.outputs["conforms"] == "false"
    assert outcome.outputs["violations"] == ""
    assert "shapes/book.ttl:11" in outcome.summary
    assert "could not be validated" in outcome.summary


def test_data_without_a_target_do_not_conform(act, tmp_path):
    (tmp_path / "a.ttl").write_text(BOOK.format(12).replace("ex:Book", "ex:Journal"))
    outcome = act(files="a.ttl", shapes="shapes")
    assert outcome.code == 1, outcome.log
    assert "nothing was checked" in outcome.summary
    assert act(files="a.ttl", shapes="shapes", extra_arguments="--allow-unchecked").code == 0


def test_without_files_the_shapes_are_looked_through(act):
    outcome = act(shapes="shapes")
    assert outcome.code == 0, outcome.log
    assert outcome.summary == "### kg validate: the shapes can be used\n\n"


@pytest.mark.parametrize(
    ("inputs", "word"),
    [
        ({}, "nothing to validate"),
        ({"files": "nowhere/*.ttl"}, "nothing is called nowhere/*.ttl"),
        ({"files": "shapes", "sarif": "kg.json"}, "must end in .sarif"),
        ({"files": "shapes", "extra_arguments": "'open"}, "extra-arguments"),
    ],
)
def test_inputs_that_cannot_be_meant_are_refused_with_a_reason(act, inputs, word):
    outcome = act(**inputs)
    assert outcome.code == 2
    assert word in outcome.log
    assert outcome.log.startswith("::error")


def test_markdown_in_the_data_stays_words_in_the_summary():
    found = {
        "results": [
            {
                "severity": "Violation",
                "focus": "https://example.org/b1",
                "message": "<img src=x> | [a](b) `c`\nd",
                "place": {"file": "a.ttl", "line": 3},
            }
        ]
    }
    rows = tool("action").summary(found, 1, "").splitlines()
    row = next(row for row in rows if "a.ttl:3" in row)
    assert row == r"| Violation | a.ttl:3 | &lt;img src=x&gt; \| \[a\](b) \`c\` d |"


def test_results_of_the_baseline_are_told_apart():
    known = {"severity": "Violation", "known": True}
    found = {"files": ["a.ttl"], "results": [known, known]}
    told = tool("action")
    assert told.outputs(found, 0)["violations"] == "0"
    assert "| Violation | 0 | 2 |" in told.summary(found, 0, "")


HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


@pytest.mark.parametrize(
    ("hook", "name", "taken"),
    [
        ("kg-validate", "data/a.ttl", True),
        ("kg-validate", "data/a.trig.gz", True),
        ("kg-validate", "a.jsonld", True),
        ("kg-validate", "a.ttl.bak", False),
        ("kg-validate", "a.json", False),
        ("kg-lint-shapes", "shapes/a.ttl", True),
        ("kg-lint-shapes", "src/book.shacl.ttl", True),
        ("kg-lint-shapes", "book-shapes.ttl", True),
        ("kg-lint-shapes", "data/a.ttl", False),
        ("kg-lint-shapes", "shapeshifter/a.ttl", False),
    ],
)
def test_a_hook_takes_the_files_it_is_for(hook, name, taken):
    assert bool(re.search(HOOKS[hook]["files"], name)) is taken
