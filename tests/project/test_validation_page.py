"""docs/validation.md says what is: its commands are run, its files to copy are checked."""

import re
from pathlib import Path

import pytest
import yaml

from kg.validate.profiles import PROFILES
from tests.project.test_action import action, tool

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "validation.md").read_text("utf-8")


def block(mark):
    return yaml.safe_load(re.search(f"<!-- {mark} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)[1])


def test_the_page_shows_real_output():
    assert tool("make_validation_page").filled(PAGE) == PAGE


def test_the_page_shows_the_output_of_every_command_it_marks():
    assert len(re.findall(r"<!-- run: ", PAGE)) == 9
    assert "```text\n```" not in PAGE


def test_the_page_s_python_runs(tmp_path, monkeypatch, capsys):
    tool("make_validation_page").write_files(PAGE, tmp_path)
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.+?)```", PAGE, re.DOTALL)[1]
    exec(compile(code, "validation.md", "exec"), {})
    assert capsys.readouterr().out.startswith("books.ttl:11 Violation A book has a title.")


def test_another_exit_code_than_the_page_says_is_told():
    wrong = "<!-- run: 0 -->\n```sh\nkg validate nowhere.ttl\n```\n\n```text\n```\n"
    with pytest.raises(ValueError, match="ended with 2"):
        tool("make_validation_page").filled(wrong)


OURS = (ROOT / ".github/workflows/validate.yml").read_text("utf-8")


@pytest.mark.parametrize("text", [PAGE, OURS], ids=["page", "own"])
def test_a_workflow_has_inputs_and_outputs_of_the_action(text):
    (job,) = (block("workflow") if text is PAGE else yaml.safe_load(text))["jobs"].values()
    step = next(s for s in job["steps"] if s.get("id") == "kg")
    assert step["with"].keys() <= action()["inputs"].keys()
    used = set(re.findall(r"steps\.kg\.outputs\.([\w-]+)", text))
    assert used
    assert used <= action()["outputs"].keys()


def test_every_input_and_output_of_the_action_is_told():
    section = PAGE.split("\n## GitHub\n")[1].split("\n## ")[0]
    for name in (*action()["inputs"], *action()["outputs"]):
        assert f"`{name}`" in section, name


def test_the_hooks_to_copy_are_hooks_of_ours():
    ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = block("hooks")["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == {hook["id"] for hook in ours}


def test_every_code_of_the_linter_is_explained():
    package = ROOT / "kg" / "validate" / "shapes"
    text = "".join(file.read_text("utf-8") for file in package.rglob("*.py"))
    codes = set(re.findall(r'(?:violation|warning|say|problem)\(\s*"([a-z-]+)"', text))
    codes |= set(re.findall(r'code="([a-z-]+)"', text))
    assert set(re.findall(r"(?m)^\| `([a-z-]+)` \| (?:error|warning|both) \|", PAGE)) == codes


def test_the_layers_are_told_as_they_are():
    rows = re.findall(r"(?m)^\| `(\w+)` \| .+ \| (yes|no) \| ", PAGE)
    assert dict(rows) == {p.name: "yes" if p.usual else "no" for p in PROFILES.values()}
