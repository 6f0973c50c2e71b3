"""Fill the output blocks of docs/validation.md by running its commands on its own files.

In the page, `<!-- file: NAME -->` stands before a block that is a file, `<!-- run: CODE -->` before
a block of commands that end with that exit code, followed by a block of what they print.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation.md"
_FILE = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)
_RUN = re.compile(
    r"(<!-- run: (\d) -->\n```sh\n(.*?)```\n\n```text\n)(?:.*?\n)??(```\n)", re.DOTALL
)


def filled(text: str) -> str:
    """Return the page with what its commands print.

    Raises:
        ValueError: a command ended with another code than the page says.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(text, folder)
        for data in ("output", "seeds"):
            (folder / data).symlink_to(ROOT / data)
        return _RUN.sub(lambda match: match[1] + _run(folder, match) + match[4], text)


def write_files(text: str, folder: Path) -> None:
    """Write the files of the page into a folder."""
    for match in _FILE.finditer(text):
        path = folder / match[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match[2], "utf-8")


def _run(folder: Path, match: re.Match[str]) -> str:
    commands = f'kg() {{ "{sys.executable}" -P -m kg "$@"; }}\n{match[3]}'
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    env = {**os.environ, "PYTHONPATH": paths, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        ["bash", "-c", commands],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    if done.returncode != int(match[2]):
        raise ValueError(f"{match[3].strip()}: ended with {done.returncode}: {done.stdout}")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join(lines).strip("\n") + "\n" if done.stdout.strip() else ""


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
