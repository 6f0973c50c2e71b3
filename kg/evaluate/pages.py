"""Publishers' pages with what is expected of them: found and counted, and not yet scored.

The pages are HTML, which is not read yet; their expected titles, authors, dates and bodies wait for
a reader of HTML.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.evaluate.gold_set import GoldSet
from kg.evaluate.scores import SetScores
from kg.model import Article, Document

KIND = "pages"


@dataclass(frozen=True)
class PagesSet:
    """A folder of pages (`*.html.gz` or `*.html`) with one file of expectations a publisher."""

    folder: Path
    name: str = "pages"
    kind: str = field(default=KIND, init=False)

    def documents(self) -> list[Document]:
        """Return nothing: no page can be read yet."""
        return []

    def score(self, articles: Mapping[str, Article]) -> SetScores:  # noqa: ARG002
        """Return a set without columns that says why, and how many pages wait."""
        number = sum(1 for path in self.folder.iterdir() if _is_page(path))
        reason = f"{number} pages are HTML, which is not read yet"
        return SetScores(name=self.name, kind=self.kind, skipped=reason)


def find_sets(root: Path) -> list[GoldSet]:
    """Return the folders at or below a folder that hold pages beside expectations, by name."""
    folders = sorted({path.parent for path in root.rglob("*.html*") if _is_page(path)})
    sets = [PagesSet(folder) for folder in folders if any(folder.glob("*.json"))]
    if len(sets) == 1:
        return [*sets]
    return [PagesSet(found.folder, f"pages/{found.folder.name}") for found in sets]


def _is_page(path: Path) -> bool:
    return path.name.endswith((".html", ".html.gz"))
