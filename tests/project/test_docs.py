"""What the documents promise is generated or run, so that it cannot go stale."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_cli_reference_is_the_help():
    made = tool("make_cli_reference").reference()
    assert (ROOT / "docs/cli.md").read_text("utf-8") == made


@pytest.mark.parametrize("mark", ["command: first-run", "command: tests"])
def test_the_readme_has_the_commands_that_ci_runs(mark):
    readme, script = ((ROOT / n).read_text("utf-8") for n in ("README.md", ".ci/run"))
    assert mark in script
    block = re.search(mark + r".*?\n```sh\n(.+?)\n```", readme, re.DOTALL)
    assert block
    assert "pip install" in block[1]


def test_the_readme_s_python_runs(tmp_path, monkeypatch):
    readme = (ROOT / "README.md").read_text("utf-8")
    code = re.search(r"```python\n(.+?)```", readme, re.DOTALL)[1]
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("page", sorted(p.name for p in (ROOT / "docs").glob("*.md")))
def test_every_page_is_linked_from_the_readme(page):
    assert f"docs/{page}" in (ROOT / "README.md").read_text("utf-8")


def test_links_between_documents_lead_somewhere():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", ["README.md", "docs/claims.md"])
def test_pages_show_real_output(page):
    made, text = tool("make_readme"), (ROOT / page).read_text("utf-8")
    assert made.stable(text) == made.stable(made.filled(text))
