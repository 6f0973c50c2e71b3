"""Fill the output blocks of README.md and docs/claims.md from real runs. A test compares."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "claims.md")
SENTENCES = (
    "Governor Karim Haddad said on Wednesday that rebels had seized the airport of Lasko. "
    "A spokeswoman for the rebels denied that the airport had been seized.\n"
)
BESIDE = '{"title": "Fight over an airport", "date_published": "2024-03-08"}'
_BLOCK = r"(<!-- made: {} -->\n```\w+\n)(.*?)(```\n<!-- end -->)"


def filled(text: str) -> str:
    """Return a page with its output blocks filled."""
    with tempfile.TemporaryDirectory() as folder:
        export = run("export", "seeds", "-o", f"{folder}/output")
        blocks = {
            "export": export.replace(f"{folder}/", ""),
            "disputed": run("query", f"{folder}/output", "disputed"),
            "turtle": example(Path(folder, "output", "graph.ttl").read_text("utf-8")),
            "sentence": worked(Path(folder)),
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


def worked(folder: Path) -> str:
    """Return event and claims of the worked sentence, as Turtle."""
    (folder / "a.txt").write_text(SENTENCES, "utf-8")
    (folder / "a.meta.json").write_text(BESIDE, "utf-8")
    run("export", f"{folder}/a.txt", "-o", f"{folder}/one", "-q")
    turtle = (folder / "one" / "graph.ttl").read_text("utf-8")
    blocks = re.findall(r"(?ms)^<#(?:event|claim)-.*? \.$", turtle)
    return "\n\n".join(blocks)


def example(turtle: str) -> str:
    """Return the first event that one claims and another denies, with a claim of each."""
    for section in turtle.split("@base")[1:]:
        blocks = re.findall(r"(?ms)^<#(?:event|claim)-.*? \.$", section)
        for block in blocks:
            if "kg:deniedBy" in block and "kg:presentedAs kg:claimed" in block:
                name = block.split(" ", 1)[0]
                about = [b for b in blocks if " a schema:Claim" in b and f"about {name}" in b]
                sides = [
                    next((b for b in about if f"kg:factuality kg:{x} " in b), "")
                    for x in ("claimed", "denied")
                ]
                if all(sides):
                    return "\n\n".join([block, *sides])
    return ""


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(filled(page.read_text("utf-8")), "utf-8")
