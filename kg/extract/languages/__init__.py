"""The slot for languages other than English: one pipeline a language, used where it is installed.

A pipeline is a `LanguagePipeline`: the code of its language, the spaCy package that parses it, and
a function from the parse to what was found. kg brings French; another package adds its own with an
entry point of the group `newskg.languages` whose name is the language's code (`docs/languages.md`
shows one from start to end). A language without a pipeline, or whose model is not installed, gets
its article node alone, and is counted as such.
"""

from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec

from kg.extract.languages.french import FRENCH
from kg.extract.languages.slot import Found, LanguagePipeline

__all__ = ["ENTRY_POINTS", "Found", "LanguagePipeline", "find_pipeline"]

ENTRY_POINTS = "newskg.languages"
_BUILT_IN = {FRENCH.code: FRENCH}


@lru_cache(maxsize=32)
def find_pipeline(code: str) -> LanguagePipeline | None:
    """Return the pipeline of a language whose model is installed, or None.

    A pipeline that an installed package offers goes before kg's own for the same language.

    Args:
        code: ISO 639-1 code; what follows a hyphen ("fr-CA") does not count.
    """
    code = code.split("-", maxsplit=1)[0].lower()
    offered = [point.load() for point in entry_points(group=ENTRY_POINTS, name=code)]
    choices = [p for p in offered if isinstance(p, LanguagePipeline)]
    choices += [_BUILT_IN[code]] if code in _BUILT_IN else []
    return next((p for p in choices if find_spec(p.model) is not None), None)
