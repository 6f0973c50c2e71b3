"""Statements of Turtle and TriG with their lines, in the order in which the parser gives them.

The order matters for blank nodes, which have no name but their rank in it: the parser hands out
what one token completes the last first. What is stated about statements (RDF 1.2) is passed over.

Source: https://www.w3.org/TR/turtle/#sec-grammar-grammar, https://www.w3.org/TR/trig/#sec-grammar
"""

from collections.abc import Callable, Container, Generator, Iterator
from typing import IO, NamedTuple

from kg.validate.places.statements import (
    BLANK,
    FIRST,
    NIL,
    REST,
    TYPE,
    XSD,
    Statement,
    join_literal,
    resolve_iri,
    unescape,
)
from kg.validate.places.tokens import Token, read_tokens

_NUMBERS = frozenset({"integer", "decimal", "double"})
_OPENING = frozenset({"[", "(", "{", "<<", "<<(", "{|"})
_CLOSING = frozenset({"]", ")", "}", ">>", ")>>", "|}"})


def read_turtle(
    file: IO[bytes], *, base: str | None = None, subjects: Container[str] | None = None
) -> Iterator[Statement]:
    """Yield the statements of Turtle or TriG, as far as they can be read.

    Args:
        file: the text.
        base: IRI that relative ones are resolved against until the text gives its own.
        subjects: blocks of other subjects are passed over, so that blank nodes have no rank; none
            is where None.

    Raises:
        OSError: the file cannot be read.
    """
    reader = _Reader(base)
    tokens = read_tokens(file)
    token = next(tokens, None)
    while token is not None:
        found = reader.take(token)
        if found:
            yield from reversed(found)
            found.clear()
        pass_over = subjects is not None and reader.opens_block_of_others(subjects)
        token = _next(tokens, pass_over=pass_over)


def _next(tokens: Generator[Token, bool | None, None], *, pass_over: bool) -> Token | None:
    if not pass_over:
        return next(tokens, None)
    try:
        return tokens.send(True)  # noqa: FBT003  (a generator takes no names)
    except StopIteration:
        return None


class _Outer(NamedTuple):
    """What is returned to when a bracket closes.

    Attributes:
        opening: `[` or `(`.
        node: what the bracket stands for.
        role: whether it is a subject or an object.
        subject, block, predicate: those of the statement around it.
        line: of the bracket.
    """

    opening: str
    node: str
    role: str
    subject: str
    block: int
    predicate: str
    line: int


class _Reader:
    """The state between two tokens."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._next: Callable[[Token], None] = self._start
        self._found: list[Statement] = []
        self._outer: list[_Outer] = []
        self._blanks = 0
        self._graph: str | None = None
        self._subject, self._block = "", 0
        self._predicate = ""
        self._prefix = ""
        self._dotted = False
        self._text, self._line = "", 0
        self._role = ""
        self._depth = 0
        self._opened = False

    def take(self, token: Token) -> list[Statement]:
        """Take a token; return the statements it completes, for the caller to take away."""
        self._next(token)
        return self._found

    def opens_block_of_others(self, subjects: Container[str]) -> bool:
        """Return whether the last token is a subject, and not one of these."""
        opened, self._opened = self._opened, False
        return opened and self._subject not in subjects

    # Statements and directives

    def _start(self, token: Token) -> None:
        text = token.text
        if token.kind == "mark" and text in ".{}":
            if text == "}":
                self._graph = None
        elif token.kind == "tag" or (token.kind == "word" and text.lower() != "graph"):
            self._dotted = token.kind == "tag"
            self._next = self._base_iri if text.lower().strip("@") == "base" else self._prefix_name
        elif token.kind == "word":
            self._next = self._graph_name
        else:
            self._subject_node(token)

    def _prefix_name(self, token: Token) -> None:
        self._prefix = token.text
        self._next = self._prefix_iri

    def _prefix_iri(self, token: Token) -> None:
        self._prefixes[self._prefix] = self._iri(token)
        self._next = self._dot if self._dotted else self._start

    def _base_iri(self, token: Token) -> None:
        self._base = self._iri(token)
        self._next = self._dot if self._dotted else self._start

    def _dot(self, _: Token) -> None:
        self._next = self._start

    def _graph_name(self, token: Token) -> None:
        if token.text == "[":
            self._graph = self._new_blank()
        elif token.text == "{":
            self._next = self._start
        elif token.text != "]":
            self._graph = self._node(token)

    def _subject_node(self, token: Token) -> None:
        self._block = token.line
        if token.text == "(":
            self._role, self._line = "subject", token.line
            self._next = self._first_item
        elif token.text == "[":
            self._subject = self._new_blank()
            self._open(token, self._subject, "subject")
            self._next = self._verb
        elif token.kind in ("iri", "name", "blank"):
            self._subject = self._node(token)
            self._next = self._verb
            self._opened = True
        else:
            self._pass_over(token)

    # Predicates and objects

    def _verb(self, token: Token) -> None:
        text = token.text
        if token.kind == "word":
            self._predicate, self._next = TYPE, self._object
        elif token.kind != "mark":
            self._predicate, self._next = self._iri(token), self._object
        elif text == "{":
            self._graph = self._subject
            self._next = self._start
        elif text != ";":
            self._after(token)

    def _object(self, token: Token) -> None:
        kind, text = token.kind, token.text
        self._line = token.line
        if kind in ("string", "long"):
            edge = 3 if kind == "long" else 1
            self._text = unescape(text[edge:-edge])
            self._next = self._suffix
        elif kind in _NUMBERS:
            self._add(join_literal(text, datatype=XSD + kind))
        elif kind == "word":
            self._add(join_literal(text, datatype=XSD + "boolean"))
        elif kind != "mark":
            self._add(self._node(token))
        elif text == "[":
            node = self._new_blank()
            self._open(token, node, "object")
            self._subject, self._block = node, token.line
            self._next = self._verb
        elif text == "(":
            self._role = "object"
            self._next = self._first_item
        else:
            self._pass_over(token)

    def _suffix(self, token: Token) -> None:
        if token.kind == "tag":
            self._add(join_literal(self._text, language=token.text[1:]))
        elif token.text == "^^":
            self._next = self._datatype
        else:
            self._add(join_literal(self._text))
            self._next(token)

    def _datatype(self, token: Token) -> None:
        self._add(join_literal(self._text, datatype=self._iri(token)))

    def _after(self, token: Token) -> None:
        """Go on after an object, or where a predicate might have followed."""
        text = token.text
        if text == ",":
            self._next = self._object
        elif text == ";":
            self._next = self._verb
        elif text == "]" and self._outer:
            self._close()
        elif text in (".", "}") and not self._outer:
            self._next = self._start
            self._start(token)
        else:
            self._pass_over(token)

    # Brackets

    def _first_item(self, token: Token) -> None:
        """Begin a collection, or not: the token after the bracket tells."""
        line = self._line
        if token.text == ")":
            self._give(NIL, line)
            return
        node = self._new_blank()
        if self._role == "object":
            self._tell(self._subject, self._predicate, node, line)
        self._outer.append(
            _Outer("(", node, self._role, self._subject, self._block, self._predicate, line)
        )
        self._subject, self._block, self._predicate = node, token.line, FIRST
        self._object(token)

    def _next_item(self, token: Token) -> None:
        """Go on in a collection: another item, or its end."""
        if token.text != ")":
            node = self._new_blank()
            self._tell(self._subject, REST, node, token.line)
            self._subject, self._block = node, token.line
            self._object(token)
            return
        self._tell(self._subject, REST, NIL, token.line)
        outer = self._leave()
        if outer.role == "object":
            self._go_on()
        else:
            self._subject, self._next = outer.node, self._verb

    def _open(self, token: Token, node: str, role: str) -> None:
        self._outer.append(
            _Outer("[", node, role, self._subject, self._block, self._predicate, token.line)
        )

    def _close(self) -> None:
        """End the properties of a node without a name."""
        outer = self._leave()
        if outer.role == "object":
            self._add(outer.node, outer.line)
        else:
            self._subject, self._next = outer.node, self._verb

    def _leave(self) -> _Outer:
        outer = self._outer.pop()
        self._subject, self._block, self._predicate = outer.subject, outer.block, outer.predicate
        return outer

    def _give(self, node: str, line: int) -> None:
        """Take the node as the object or subject for which a bracket was opened."""
        if self._role == "object":
            self._add(node, line)
        else:
            self._subject, self._next = node, self._verb

    # What does not bear on positions

    def _pass_over(self, token: Token) -> None:
        """Skip what is not known here up to the end of the statement around it."""
        self._depth = len(self._outer)
        self._outer.clear()
        self._next = self._skip
        self._skip(token)

    def _skip(self, token: Token) -> None:
        if token.kind != "mark":
            return
        if token.text == "." and self._depth <= 0:
            self._next = self._start
        elif token.text == "}" and self._depth <= 0:
            self._next = self._start
            self._start(token)
        else:
            self._depth += (token.text in _OPENING) - (token.text in _CLOSING)

    # Terms

    def _add(self, term: str, line: int | None = None) -> None:
        self._tell(self._subject, self._predicate, term, self._line if line is None else line)
        self._go_on()

    def _tell(self, subject: str, predicate: str, term: str, line: int) -> None:
        self._found.append(Statement(subject, predicate, term, self._graph, self._block, line))

    def _go_on(self) -> None:
        listed = self._outer and self._outer[-1].opening == "("
        self._next = self._next_item if listed else self._after

    def _new_blank(self) -> str:
        self._blanks += 1
        return f"{BLANK}{self._blanks}"

    def _node(self, token: Token) -> str:
        return BLANK + token.text if token.kind == "blank" else self._iri(token)

    def _iri(self, token: Token) -> str:
        if token.kind == "iri":
            return resolve_iri(unescape(token.text[1:-1]), self._base)
        prefix, _, local = token.text.partition(":")
        return self._prefixes.get(prefix + ":", "") + unescape(local)
