"""The steps of action.yml: install kg, run `kg validate` once, tell GitHub what came of it.

Inputs come as environment variables and go to the program as a list of arguments: no shell ever
reads them. Nothing is imported from the folder that is validated.
"""

import glob
import json
import os
import re
import secrets
import shlex
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path
from typing import Any

OPTIONS = {
    "KG_PROFILE": "--profile",
    "KG_GRAPHS": "--graphs",
    "KG_TEXTS": "--texts",
    "KG_ENGINE": "--engine",
    "KG_FAIL_ON": "--fail-on",
    "KG_BASELINE": "--baseline",
    "KG_MAX": "--max",
}
REPORTS = {"KG_SARIF": (".sarif", ".sarif.json"), "KG_JUNIT": (".xml",)}
SEVERITIES = ("Violation", "Warning", "Info")
USAGE = 2
_WORST = 20  # results that the summary spells out
_CELL = 300  # characters of a cell


class InputError(Exception):
    """An input of the action that cannot be used."""


def install() -> int:
    """Install kg into an environment of its own; the output `python` runs it."""
    action = Path(os.environ["GITHUB_ACTION_PATH"])
    wanted = os.environ.get("KG_PACKAGE", "").strip() or str(action)
    if wanted.startswith("-"):
        raise InputError(f"package: {wanted}: neither a folder, a wheel nor a version")
    if re.fullmatch(r"\d+(\.\d+)*((a|b|rc|\.dev|\.post)\d+)?", wanted):
        wanted = f"newskg=={wanted}"
    folder = _scratch() / "kg-environment"
    venv.create(folder, clear=True, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-P", "-m", "pip", "--python", str(python), "install", "-q"]
    command += ["--disable-pip-version-check", "-c", str(action / "constraints.txt"), wanted]
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise InputError(f"package: {wanted} could not be installed, see the lines above")
    _output({"python": str(python)})
    return 0


def validate() -> int:
    """Run `kg validate` and return its exit code."""
    report = _scratch() / "kg-report.json"
    report.unlink(missing_ok=True)
    _output({"conforms": "false", "exit-code": str(USAGE)})
    command = [os.environ.get("KG_PYTHON") or sys.executable, "-P", "-X", "utf8", "-m", "kg"]
    command += ["validate", "--format", "github", "--report", str(report), *arguments()]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    complaint = done.stderr.decode("utf-8", "replace").strip()
    _repeat(complaint)
    found = json.loads(report.read_text("utf-8")) if report.exists() else {}
    code = done.returncode
    if code == 1 and not found:
        code = USAGE  # it broke down before it had a verdict
    if code not in (0, 1) and (complaint or not found):
        _annotate(complaint or f"kg validate ended with {code}")
    _output(outputs(found, code))
    _append("GITHUB_STEP_SUMMARY", summary(found, code, complaint))
    return code


def arguments() -> list[str]:
    """Return the arguments that the inputs amount to.

    Raises:
        InputError: an input that cannot be meant so.
    """
    found: list[str] = []
    for name, option in OPTIONS.items():
        value = os.environ.get(name, "").strip()
        if value:
            found.append(f"{option}={value}")
    for name, endings in REPORTS.items():
        value = os.environ.get(name, "").strip()
        if value and not value.lower().endswith(endings):
            raise InputError(f"{name[3:].lower()}: {value}: the name must end in {endings[0]}")
        found += [f"--report={value}"] * bool(value)
    shapes, files = matches("shapes"), matches("files")
    if not files and not shapes:
        raise InputError("files: nothing to validate; give files, folders or patterns, one a line")
    found += [f"--shapes={path}" for path in shapes]
    found += [f"--context={line}" for line in _lines("context")]
    try:
        found += shlex.split(os.environ.get("KG_EXTRA_ARGUMENTS", ""))
    except ValueError as error:
        raise InputError(f"extra-arguments: {error}") from None
    return [*found, "--", *files] if files else [*found, "--only-shapes"]


def matches(name: str) -> list[str]:
    """Return the paths that an input names, one line a path or a pattern.

    Raises:
        InputError: a line that names nothing.
    """
    found: dict[str, None] = {}
    for line in _lines(name):
        paths = [line] if Path(line).exists() else _glob(line)
        if not paths:
            raise InputError(f"{name}: nothing is called {line} (one path or pattern a line)")
        found.update(dict.fromkeys(paths))
    return list(found)


def _glob(pattern: str) -> list[str]:
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  (patterns may be absolute)


def outputs(found: dict[str, Any], code: int) -> dict[str, str]:
    """Return the outputs of the action for a report and an exit code."""
    counts = _counts(found)
    sarif = os.environ.get("KG_SARIF", "").strip()
    return {
        "conforms": "true" if code == 0 else "false",
        "violations": str(counts["Violation", False]) if code in (0, 1) else "",
        "warnings": str(counts["Warning", False]) if code in (0, 1) else "",
        "sarif": sarif if sarif and Path(sarif).exists() else "",
        "exit-code": str(code),
    }


def summary(found: dict[str, Any], code: int, complaint: str) -> str:
    """Return the Markdown of the step's summary."""
    verdicts = {0: "conforms", 1: "does not conform"}
    verdict = verdicts.get(code, "could not be validated")
    if code in verdicts and found and not found.get("checked", True):
        verdict = "nothing was checked: no node is a target of the shapes"
        if not found.get("files"):
            verdict = "the shapes can be used" if code == 0 else "the shapes have problems"
    lines = [f"### kg validate: {verdict}", ""]
    if code not in verdicts and complaint:
        lines += [_cell(line) + "  " for line in complaint.splitlines()[:_WORST]] + [""]
    if code in verdicts and found.get("files"):
        lines += _count_table(found)
    return "\n".join(lines + _result_table(found)) + "\n"


def _count_table(found: dict[str, Any]) -> list[str]:
    counts = _counts(found)
    lines = ["| severity | new | in the baseline |", "|---|---:|---:|"]
    lines += [f"| {s} | {counts[s, False]} | {counts[s, True]} |" for s in SEVERITIES]
    return [*lines, ""]


def _result_table(found: dict[str, Any]) -> list[str]:
    results = found.get("problems", []) + found.get("results", [])
    for difference in found.get("differences", []):
        words = f"only {difference['engine']} finds: {difference['result']['message']}"
        results.insert(0, {**difference["result"], "message": words})
    results = [result for result in results if not result.get("known")]
    if not results:
        return []
    lines = ["| | where | what |", "|---|---|---|"]
    for result in results[:_WORST]:
        place = result.get("place")
        where = f"{place['file']}:{place['line']}" if place else result.get("focus", "shapes")
        what = _cell(result["message"])
        lines.append(f"| {result['severity']} | {_cell(where)} | {what} |")
    if len(results) > _WORST:
        lines += ["", f"and {len(results) - _WORST} more"]
    return [*lines, ""]


def _counts(found: dict[str, Any]) -> Counter[tuple[str, bool]]:
    results = found.get("results", [])
    return Counter((result["severity"], bool(result.get("known"))) for result in results)


def _cell(text: str) -> str:
    """Return words of the data so that they are words in Markdown too."""
    line = " ".join(text.split())
    line = line if len(line) <= _CELL else line[: _CELL - 1] + "…"
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|!#@~])", r"\\\1", line)


def _lines(name: str) -> list[str]:
    """Return the lines of an input; one that begins like an option is made a path."""
    lines = os.environ.get(f"KG_{name.upper()}", "").splitlines()
    return [f"./{line}" if line.startswith("-") else line for x in lines if (line := x.strip())]


def _repeat(text: str) -> None:
    """Print to the log what may hold words of the data: none of it is a workflow command."""
    if text:
        mark = secrets.token_hex(16)
        print(f"::stop-commands::{mark}\n{text}\n::{mark}::", flush=True)


def _annotate(text: str) -> None:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::error title=kg validate::{escaped}", flush=True)


def _output(values: dict[str, str]) -> None:
    lines = [f"{name}={' '.join(value.split())}" for name, value in values.items()]
    _append("GITHUB_OUTPUT", "\n".join(lines) + "\n")


def _append(variable: str, text: str) -> None:
    if path := os.environ.get(variable):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


def _scratch() -> Path:
    return Path(os.environ.get("RUNNER_TEMP") or tempfile.gettempdir())


def main(step: str) -> int:
    """Run a step, and return the code that it ends with."""
    try:
        return {"install": install, "validate": validate}[step]()
    except InputError as error:
        _annotate(str(error))
        _append("GITHUB_STEP_SUMMARY", summary({}, USAGE, str(error)))
        return USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
