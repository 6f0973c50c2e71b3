"""What a gold set is to the evaluation: texts to extract from, and a score for the records."""

from collections.abc import Mapping
from typing import Protocol

from kg.evaluate.scores import SetScores
from kg.model import Article, Document


class GoldSet(Protocol):
    """Texts with what people annotated in them.

    Every module of gold sets offers `find_sets(root: Path) -> list[GoldSet]`: the sets of its kind
    in a folder or below it, sorted by name; an empty list where there is none.
    """

    @property
    def name(self) -> str:
        """Name of the set, such as `seeds` or `meantime/dev`; no two sets share one."""

    @property
    def kind(self) -> str:
        """Kind of gold, such as `annotated articles`, `MEANTIME`, `PolNeAR`, `re3d`, `pages`."""

    def documents(self) -> list[Document]:
        """Return the texts as `kg.read` gives them to the extraction, sorted by `source`.

        Raises:
            InputError: a file of the set cannot be read; the set is then skipped with this reason.
        """

    def score(self, articles: Mapping[str, Article]) -> SetScores:
        """Return the scores of the linked articles of this set's documents.

        Args:
            articles: by the document's `source` without its last suffix (`key_of`); a document
                whose extraction failed is missing and counts as an empty article.
        """


def key_of(source: str) -> str:
    """Return the key of a document: its source without the last suffix of the file name.

    >>> key_of("STOCK_76437_Markets.dragged.txt")
    'STOCK_76437_Markets.dragged'
    """
    folder, slash, name = source.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    return folder + slash + (stem if dot and stem else name)
