"""Terms that SHACL does not have, or in a namespace that is nearly SHACL's."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.validate.shapes.graph import OWL, SH, XSD, Term
from kg.validate.shapes.lint.view import Found, View, violation, warning
from kg.validate.shapes.terms import NOT_RUN, TERMS, local_name, nearest_term

_NEARLY = re.compile(r"https?://(?:www\.)?w3\.org/ns/shacl(?:/|#)*(\w+)", re.IGNORECASE)

# Source: https://www.w3.org/TR/rdf11-concepts/#xsd-datatypes
_XSD_NAMES = tuple(
    """string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth
    gDay gYearMonth gMonthDay duration yearMonthDuration dayTimeDuration byte short int long
    unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger nonNegativeInteger
    negativeInteger nonPositiveInteger hexBinary base64Binary anyURI language normalizedString token
    NMTOKEN Name NCName QName anyType anySimpleType anyAtomicType""".split()  # noqa: SIM905
)


def check_names(view: View) -> Iterator[Found]:
    """Yield terms that no one defines: misspelt ones, or those of a wrong namespace."""
    nearly: dict[str, Found] = {}
    for triple in view.triples:
        terms = (triple.subject, triple.predicate, triple.object)
        for term in terms:
            if not isinstance(term, ox.NamedNode):
                continue
            name = local_name(term.value)
            if name:
                yield from _check_name(view, name, triple)
            elif wrong := _wrong_namespace(term.value):
                nearly.setdefault(wrong, _namespace_problem(wrong, triple))
    yield from nearly.values()


def _check_name(view: View, name: str, triple: ox.Triple) -> Iterator[Found]:
    known = name in TERMS or view.described(ox.NamedNode(SH + name))
    if known or SH + name in view.own_parameters:
        return
    near = nearest_term(name)
    hint = f"did you mean sh:{near}?" if near else "see https://www.w3.org/TR/shacl/ for its terms"
    message = f"sh:{name} is no term of SHACL: {hint}"
    say = violation if triple.subject in view.speaking else warning
    yield say("unknown-term", message, triple.subject, triple.predicate.value, triple.object)


def _wrong_namespace(iri: str) -> str | None:
    match = _NEARLY.fullmatch(iri)
    if match is None or match[1] not in TERMS:
        return None
    return iri[: match.start(1)]


def _namespace_problem(namespace: str, triple: ox.Triple) -> Found:
    return violation(
        "wrong-namespace",
        f"<{namespace}> is not the namespace of SHACL: write @prefix sh: <{SH}>",
        triple.subject,
        triple.predicate.value,
        triple.object,
    )


def check_targets(view: View) -> Iterator[Found]:
    """Yield a problem where no shape has a target."""
    if not view.targeted:
        message = "no shape with a target: nothing would be checked; add sh:targetClass to a shape"
        yield violation("no-target", message)


def check_not_run(view: View) -> Iterator[Found]:
    """Yield what neither engine runs, each kind once: rules, functions, targets and the like.

    Source: https://www.w3.org/TR/shacl-af/
    """
    found: dict[str, list[tuple[str, ox.Triple]]] = {}
    for triple in view.triples:
        for term in (triple.predicate, triple.object):
            name = local_name(term.value) if isinstance(term, ox.NamedNode) else None
            if name in NOT_RUN and not _is_vocabulary(triple.subject):
                found.setdefault(NOT_RUN[name], []).append((name, triple))
        if triple.predicate.value == SH + "entailment":
            message = "sh:entailment is not done here: write what follows into the data first"
            yield violation("entailment", message, triple.subject, SH + "entailment")
    for what, uses in found.items():
        name, triple = uses[0]
        times = f" ({len(uses)} statements)" if len(uses) > 1 else ""
        message = f"sh:{name} is {what}, which is not run here: it has no effect{times}"
        yield warning("not-run", message, triple.subject, triple.predicate.value, triple.object)


def _is_vocabulary(node: Term) -> bool:
    """Return whether a node is a term of SHACL itself: its own vocabulary is no shape."""
    return isinstance(node, ox.NamedNode) and node.value.startswith(SH)


def check_datatypes(view: View) -> Iterator[Found]:
    """Yield datatypes that do not exist, and datatypes given as classes: no value has them."""
    folded = {name.lower(): name for name in _XSD_NAMES}
    for node in view.index:
        for value in view.values(node, "class"):
            if str(getattr(value, "value", "")).startswith(XSD):
                message = f"sh:class {view.show(value)}: no node has a datatype, use sh:datatype"
                yield warning("datatype-as-class", message, node, SH + "class", value)
        for value in view.values(node, "datatype"):
            iri = value.value if isinstance(value, ox.NamedNode) else ""
            name = iri.removeprefix(XSD)
            if not iri.startswith(XSD) or name in _XSD_NAMES:
                continue
            near = folded.get(name.lower()) or _nearest(name)
            hint = f": did you mean xsd:{near}?" if near else ""
            message = f"sh:datatype xsd:{name} does not exist, no value can have it{hint}"
            yield warning("unknown-datatype", message, node, SH + "datatype", value)


def _nearest(name: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, _XSD_NAMES, n=1)), None)


def check_imports(view: View) -> Iterator[Found]:
    """Yield imports that are not among the files: nothing is fetched."""
    here = {node.value for node in view.index if isinstance(node, ox.NamedNode)}
    here |= {file.base for file in view.files} | {SH, SH.rstrip("#")}
    for triple in view.triples:
        if triple.predicate.value == OWL + "imports" and isinstance(triple.object, ox.NamedNode):
            iri = triple.object.value
            if iri not in here and iri.rstrip("#/") not in here:
                yield warning(
                    "missing-import",
                    f"owl:imports <{iri}> is not among the files and nothing is fetched: "
                    "give its file too",
                    triple.subject,
                    OWL + "imports",
                    triple.object,
                )
