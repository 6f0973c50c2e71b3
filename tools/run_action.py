"""Run action.yml here as GitHub would, without GitHub: python tools/run_action.py files=output.

Knows what our action uses: `run` steps in bash, inputs, outputs of steps. Steps that use another
action are passed over. Prints what the steps print, then the summary and the outputs as JSON.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run of the action gave: exit code, outputs, the log and the summary."""

    code: int
    outputs: dict[str, str]
    log: str
    summary: str


def run_action(
    inputs: dict[str, str],
    *,
    workspace: Path = ROOT,
    given: dict[str, dict[str, str]] | None = None,
) -> Outcome:
    """Return what the action does with the inputs.

    Args:
        inputs: by name, others have their defaults.
        workspace: the folder that the steps run in.
        given: outputs of steps that are not to run, by the step's id.

    Raises:
        ValueError: an input or an expression that the action does not have.
    """
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    if strange := inputs.keys() - action["inputs"].keys():
        raise ValueError(f"no such input: {', '.join(sorted(strange))}")
    values: dict[str, str] = {}
    for name, about in action["inputs"].items():
        values[f"inputs.{name}"] = inputs.get(name, resolve(str(about.get("default", "")), values))
    for step, outputs in (given or {}).items():
        values |= {f"steps.{step}.outputs.{name}": value for name, value in outputs.items()}
    with tempfile.TemporaryDirectory() as folder:
        steps = [step for step in action["runs"]["steps"] if "run" in step]
        todo = [step for step in steps if step.get("id") not in (given or {})]
        code, log = _run_steps(todo, values, workspace, Path(folder))
        summary = Path(folder, "summary.md")
        words = summary.read_text("utf-8") if summary.exists() else ""
    told = {name: resolve(about["value"], values) for name, about in action["outputs"].items()}
    return Outcome(code=code, outputs=told, log=log, summary=words)


def resolve(text: str, values: dict[str, str]) -> str:
    """Return a text of the action with its expressions replaced, as GitHub does before it runs it.

    Raises:
        ValueError: an expression of another kind.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in values and not match[1].startswith("steps."):
            raise ValueError(f"cannot resolve {match[0]}")
        return values.get(match[1], "")

    return _EXPRESSION.sub(value, text)


def _run_steps(
    steps: list[dict[str, Any]], values: dict[str, str], workspace: Path, folder: Path
) -> tuple[int, str]:
    """Run steps until one fails; their outputs are added to the values."""
    log = ""
    for step in steps:
        outputs, script = folder / f"{step['id']}.output", folder / "step.sh"
        outputs.touch()
        script.write_text(resolve(step["run"], values), "utf-8")
        env = {**os.environ, **{k: resolve(v, values) for k, v in step.get("env", {}).items()}}
        env |= {"GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
        env |= {"RUNNER_TEMP": str(folder), "GITHUB_ACTION_PATH": str(ROOT)}
        env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
        shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        done = subprocess.run(
            shell, cwd=workspace, env=env, stdout=-1, stderr=-2, check=False, encoding="utf-8"
        )
        log += done.stdout
        for line in outputs.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            values[f"steps.{step['id']}.outputs.{name}"] = value
        if done.returncode:
            return done.returncode, log
    return 0, log


def main() -> int:
    """Run the action in the working folder; return its exit code."""
    about = argparse.ArgumentParser(description=__doc__)
    about.add_argument("inputs", nargs="*", metavar="name=value")
    about.add_argument("--installed", metavar="PYTHON", help="has kg, so that none is installed")
    args = about.parse_args()
    given = {"install": {"python": args.installed}} if args.installed else None
    inputs = dict(word.split("=", 1) for word in args.inputs)
    outcome = run_action(inputs, workspace=Path.cwd(), given=given)
    print(outcome.log, outcome.summary, json.dumps(outcome.outputs), sep="\n")
    return outcome.code


if __name__ == "__main__":
    sys.exit(main())
