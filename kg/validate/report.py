"""What a validation found, as values; `formats/` writes them down."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["Violation", "Warning", "Info"]

_RANK = {"Violation": 0, "Warning": 1, "Info": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in a file.

    Attributes:
        file: path as it was given; `-` for standard input.
        line: of the file, counted from 1.
        exact: True where it is the line of the statement itself, False where it is the one on which
            the block of its subject begins.
    """

    file: str
    line: int
    exact: bool = False

    def __str__(self) -> str:
        """Return `file:line`, which editors and terminals can open, on one line."""
        name = "".join(letter if letter.isprintable() else "\ufffd" for letter in self.file)
        return f"{name}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What keeps from validating, or makes it doubtful: in the shapes, or in the data.

    Attributes:
        severity: Violation (nothing can be validated) or Warning.
        code: kind of problem in two or three words joined by hyphens, such as `unknown-term`.
        message: what is wrong and what to do.
        about: the shapes, or the data, which then cannot be read.
        shape: IRI of the shape, `_:` for one without; None where no single shape is meant.
        place: in the file, where it is known.
    """

    severity: Severity
    code: str
    message: str
    about: Literal["shapes", "data"] = "shapes"
    shape: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A finding of one engine that the other does not have.

    Attributes:
        engine: the one that has it: shacl or pyshacl.
        result: what it found.
    """

    engine: str
    result: "Result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that a shape found.

    Attributes:
        focus: IRI of the node it is about; a blank node is `_:` and a label that holds for the run.
        path: property as an IRI, or a property path in SPARQL; None where the node itself is meant.
        value: offending IRI, literal in N-Triples, or blank node; None where something is missing.
        severity: Violation (wrong), Warning (thin) or Info (for review); a severity of the shapes'
            own counts as Violation.
        severity_iri: that severity of their own; None for the three.
        message: what is wrong and what to do.
        shape: IRI of the shape, as far as it has one.
        component: local name of the constraint component, without "ConstraintComponent".
        graph: IRI of the named graph, None for the default graph.
        article: IRI of the article that the node belongs to, where the graph has one.
        headline: of that article.
        sentence: of the text that the node or value rests on, where the graph has its words.
        words: the passage itself, where it is less than the sentence.
        place: where the node or the statement stands in the data, where it came from a file.
        shape_place: where the shape stands.
        known: True where the baseline has it already: it is told, and fails nothing.
    """

    focus: str
    path: str | None
    value: str | None
    severity: Severity
    message: str
    shape: str
    component: str
    severity_iri: str | None = None
    graph: str | None = None
    article: str | None = None
    headline: str | None = None
    sentence: str | None = None
    words: str | None = None
    place: Place | None = None
    shape_place: Place | None = None
    known: bool = False

    @property
    def key(self) -> tuple[int, str, str, str, str, str, str]:
        """Sort key: worst first, then by shape, graph and node."""
        return (
            _RANK[self.severity],
            self.shape,
            self.component,
            self.graph or "",
            self.focus,
            self.path or "",
            self.value or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """The outcome of a validation.

    Attributes:
        results: sorted, worst first.
        engine: shacl, pyshacl or both.
        checked: False where no node of the data is a target of any shape.
        unchecked_fails: whether it is a fault that nothing was checked.
        only_shapes: whether there were no data, and the shapes alone were looked through.
        fail_on: the least severity that makes it fail.
        files: names of the files that were read; empty where quads were given.
        graphs: how many graphs were validated.
        triples: how many triples they have together.
        articles: how many articles have a text that words can be compared with.
        texts: of how many of them the text was at hand.
        texts_given: whether the caller gave texts, so that words which are not checked fail.
        prefixes: short names for namespaces, from the files of the data and of the shapes.
        compared: whether a baseline was given.
        gone: how many results of the baseline are no more.
        notices: what the reader should know about the run, one line each.
        problems: what is wrong with the shapes, the worst first; or with data that cannot be read.
        differences: where two engines did not find the same; nothing can be trusted then.
    """

    results: tuple[Result, ...] = ()
    engine: str = "shacl"
    checked: bool = True
    unchecked_fails: bool = True
    only_shapes: bool = False
    fail_on: Severity = "Violation"
    files: tuple[str, ...] = ()
    graphs: int = 0
    triples: int = 0
    articles: int = 0
    texts: int = 0
    texts_given: bool = False
    prefixes: tuple[tuple[str, str], ...] = ()
    compared: bool = False
    gone: int = 0
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether something was checked and nothing new reaches the severity that fails."""
        return (
            self.checked
            and not self.unusable
            and not (self.texts_given and not self.words_checked)
            and not any(self.fails(result) for result in self.results)
        )

    def fails(self, result: Result) -> bool:
        """Return whether a result makes the validation fail: new, and severe enough."""
        return not result.known and _RANK[result.severity] <= _RANK[self.fail_on]

    @property
    def unusable(self) -> bool:
        """Whether there is no verdict to trust: broken shapes or data, engines that disagree."""
        broken = any(problem.severity == "Violation" for problem in self.problems)
        return broken or bool(self.differences)

    @property
    def unchecked(self) -> bool:
        """Whether there were data, and no node of them is a target of any shape."""
        return not self.checked and not self.unusable and not self.only_shapes

    @property
    def exit_code(self) -> int:
        """What the command line ends with: 0 conforms, 1 does not, 2 cannot be validated."""
        if self.unusable:
            return 2
        if self.only_shapes:
            return int(any(_RANK[p.severity] <= _RANK[self.fail_on] for p in self.problems))
        return 0 if self.conforms or (self.unchecked and not self.unchecked_fails) else 1

    @property
    def new_results(self) -> tuple[Result, ...]:
        """The results that the baseline does not have."""
        return tuple(result for result in self.results if not result.known)

    @property
    def words_checked(self) -> bool:
        """Whether the words of every span were compared with the article's text."""
        return self.articles > 0 and self.texts == self.articles

    @property
    def violations(self) -> int:
        """Number of violations."""
        return self.counts["Violation"]

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return self.counts["Warning"]

    @property
    def counts(self) -> dict[Severity, int]:
        """Number of results by severity."""
        counts: dict[Severity, int] = {"Violation": 0, "Warning": 0, "Info": 0}
        for result in self.results:
            counts[result.severity] += 1
        return counts
