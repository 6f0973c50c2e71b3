"""Fill the README's output blocks from a real run: `python tools/make_readme.py`. A test compares."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = r"(<!-- made: {} -->\n```\w+\n)(.*?)(```\n<!-- end -->)"


def filled(text: str) -> str:
    """Return the README with its output blocks filled."""
    with tempfile.TemporaryDirectory() as folder:
        export = run("export", "seeds", "-o", f"{folder}/output")
        blocks = {
            "export": export.replace(f"{folder}/", ""),
            "disputed": run("query", f"{folder}/output", "disputed"),
            "turtle": example(Path(folder, "output", "graph.ttl").read_text("utf-8")),
        }
    for name, words in blocks.items():
        pattern = re.compile(_BLOCK.format(name), re.DOTALL)
        text = pattern.sub(lambda m, words=words: m[1] + words.strip("\n") + "\n" + m[3], text)
    return text


def stable(text: str) -> str:
    """Return the README without what differs from run to run."""
    return re.sub(r"(?m)^ *seconds +[\d.]+ *$", "seconds", text)


def run(*args: str) -> str:
    """Return what a command prints, 100 columns wide."""
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *args],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def example(turtle: str) -> str:
    """Return the first event that one claims and another denies, with its claims."""
    blocks = turtle.split("\n\n")
    for block in blocks:
        if "a kg:UnconfirmedEvent" in block and "kg:deniedBy" in block and "kg:claimedBy" in block:
            name = block.split(" ", 1)[0]
            about = [
                b for b in blocks if b.count(" a schema:Claim") and name in b.split("about", 1)[-1]
            ]
            return "\n\n".join([block, *about[:2]])
    return ""


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
