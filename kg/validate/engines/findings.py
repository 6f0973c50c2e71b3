"""What an engine found, in the words both share: names of shapes, paths, severities, messages.

Source: https://www.w3.org/TR/shacl/#results-validation-result
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from kg.validate.report import Severity
from kg.validate.shapes import SH, ShapesGraph

_SUFFIX = "ConstraintComponent"
_SPARQL = f"{SH}SPARQL{_SUFFIX}"
_SEVERITIES = {f"{SH}{name}": name for name in get_args(Severity)}
# Said where the shapes say nothing themselves.
_MESSAGES = {
    "Class": "the value is not an instance of the class",
    "Datatype": "the value is not of the datatype, or not a lexical form of it",
    "NodeKind": "the value is of another kind of node",
    "MinCount": "there are too few values",
    "MaxCount": "there are too many values",
    "MinExclusive": "the value is not above the bound, or cannot be compared with it",
    "MinInclusive": "the value is below the bound, or cannot be compared with it",
    "MaxExclusive": "the value is not below the bound, or cannot be compared with it",
    "MaxInclusive": "the value is above the bound, or cannot be compared with it",
    "MinLength": "the value is too short",
    "MaxLength": "the value is too long",
    "Pattern": "the value does not match the pattern",
    "LanguageIn": "the value is in none of the languages",
    "UniqueLang": "two values are in the same language",
    "Equals": "the two properties do not have the same values",
    "Disjoint": "the two properties share a value",
    "LessThan": "the value is not less than that of the other property",
    "LessThanOrEquals": "the value is greater than that of the other property",
    "Not": "the value conforms to a shape that it must not conform to",
    "And": "the value does not conform to every shape of the list",
    "Or": "the value conforms to no shape of the list",
    "Xone": "the value does not conform to exactly one shape of the list",
    "Node": "the value does not conform to the shape",
    "QualifiedMinCount": "too few values conform to the qualified shape",
    "QualifiedMaxCount": "too many values conform to the qualified shape",
    "Closed": "the property is not one of those that the shape allows",
    "HasValue": "the value that must be there is not",
    "In": "the value is not one of those that are allowed",
    "SPARQL": "the query of the constraint found something",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A validation result in the form that both engines share; see `Result` for the fields.

    `component` is the local name for those of SHACL itself, the whole IRI for one of the shapes'
    own. `part` is the name given to the nameless shape inside `shape` that found it.
    """

    focus: str
    path: str | None
    value: str | None
    severity: Severity
    message: str
    shape: str
    component: str
    severity_iri: str | None = None
    part: str | None = None

    @property
    def key(self) -> tuple[str, str | None, str | None, str, str, str]:
        """What must be the same in both engines: all but the message."""
        severity = self.severity_iri or self.severity
        return (self.focus, self.path, self.value, severity, self.shape, self.component)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawResult:
    """A validation result as an engine words it.

    Attributes:
        focus, value: IRI plain, literal in N-Triples, or `_:label` of the data.
        path: IRI of a predicate; None where there is none or where it is a complex one.
        severity, component: IRIs.
        messages: what the shapes say about it, as far as the engine passes it on.
        shape: IRI; empty where the shape is a blank node.
    """

    focus: str
    path: str | None
    value: str | None
    severity: str
    messages: tuple[str, ...]
    shape: str
    component: str


def normal_findings(shapes: ShapesGraph, results: Iterable[RawResult]) -> list[Finding]:
    """Return findings in the form both engines share, in the order given.

    A solution of a query that an engine tells twice is one finding.
    """
    findings = []
    told: set[RawResult] = set()
    for raw in results:
        if raw.component == _SPARQL or not raw.component.startswith(SH):
            if raw in told:
                continue
            told.add(raw)
        findings.append(_finding(shapes, raw))
    return findings


def _finding(shapes: ShapesGraph, raw: RawResult) -> Finding:
    component = raw.component
    if component.startswith(SH):
        component = component.removeprefix(SH).removesuffix(_SUFFIX)
    severity = _SEVERITIES.get(raw.severity)
    return Finding(
        focus=raw.focus,
        path=raw.path or shapes.paths.get(raw.shape),
        value=_query_value(shapes, raw) if component == "SPARQL" else raw.value,
        severity=severity or "Violation",
        severity_iri=None if severity else raw.severity,
        message=_message(shapes, raw, component),
        shape=shapes.owners.get(raw.shape, raw.shape),
        component=component,
        part=raw.shape if raw.shape in shapes.owners else None,
    )


def _query_value(shapes: ShapesGraph, raw: RawResult) -> str | None:
    """Return what a query found: that of a node shape without a value is its focus node.

    An engine says that of a property shape too, where it is not so.

    Source: https://www.w3.org/TR/shacl/#sparql-constraints
    """
    if raw.shape not in shapes.paths:
        return raw.value or raw.focus
    return raw.value if raw.value != raw.focus else None


def _message(shapes: ShapesGraph, raw: RawResult, component: str) -> str:
    """Return the message: of a query its own first, which may name what it found."""
    own = shapes.messages.get(raw.shape)
    if component == "SPARQL" or component not in _MESSAGES:
        found = min((text for text in raw.messages if text != own), default=None)
        return found or own or _MESSAGES.get(component, "the constraint is not satisfied")
    detail = shapes.details.get((raw.shape, component))
    return own or _MESSAGES[component] + (f" ({detail})" if detail else "")
