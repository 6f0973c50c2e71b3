"""Write docs/cli.md from the commands' own help. A test runs it and compares."""

import os
import subprocess
import sys
from pathlib import Path

COMMANDS = (
    "export",
    "read",
    "extract",
    "map",
    "validate",
    "eval",
    "query",
    "queries",
    "search",
    "table",
    "compare",
    "add",
    "remove",
    "store info",
    "load",
    "serve",
)
TARGET = Path(__file__).parents[1] / "docs" / "cli.md"
_HEAD = """# Command line

Made from the commands' own help by `tools/make_cli_reference.py`.

Exit codes: 0 done and conforms; 1 something does not conform, or a document failed; 2 usage,
missing input or unusable shapes; 130 interrupted.
"""


def reference() -> str:
    """Return the whole page."""
    parts = [_HEAD, _section("kg", [])]
    parts += [_section(f"kg {name}", name.split()) for name in COMMANDS]
    return "\n".join(parts)


def _section(title: str, args: list[str]) -> str:
    env = {**os.environ, "COLUMNS": "110", "TERMINAL_WIDTH": "110", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import app; app(prog_name='kg')", *args, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env=env,
    )
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    return f"## {title}\n\n```text\n" + "\n".join(lines).strip() + "\n```\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
