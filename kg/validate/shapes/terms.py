"""The vocabulary of SHACL: its terms, and what each parameter takes.

Source: https://www.w3.org/TR/shacl/ and https://www.w3.org/TR/shacl-af/
"""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from kg.validate.shapes.graph import SH

Kind = Literal[
    "iri", "integer", "boolean", "literal", "string", "text", "iris", "strings", "list", "shape",
    "shapes", "any", "node-kind", "severity", "target", "query",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a property of a shape takes.

    Attributes:
        kind: of value.
        single: whether a shape has one value at most.
        on_property: whether it stands on property shapes only.
        constrains: whether it makes a constraint, so that the node that has it is a shape.
    """

    kind: Kind
    single: bool = False
    on_property: bool = False
    constrains: bool = True


# Source: https://www.w3.org/TR/shacl/#syntax-rules
PARAMETERS: dict[str, Parameter] = {
    "class": Parameter(kind="iri"),
    "datatype": Parameter(kind="iri", single=True),
    "nodeKind": Parameter(kind="node-kind", single=True),
    "minCount": Parameter(kind="integer", single=True, on_property=True),
    "maxCount": Parameter(kind="integer", single=True, on_property=True),
    "minExclusive": Parameter(kind="literal", single=True),
    "minInclusive": Parameter(kind="literal", single=True),
    "maxExclusive": Parameter(kind="literal", single=True),
    "maxInclusive": Parameter(kind="literal", single=True),
    "minLength": Parameter(kind="integer", single=True),
    "maxLength": Parameter(kind="integer", single=True),
    "pattern": Parameter(kind="string", single=True),
    "flags": Parameter(kind="string", single=True),
    "languageIn": Parameter(kind="strings", single=True),
    "uniqueLang": Parameter(kind="boolean", single=True, on_property=True),
    "equals": Parameter(kind="iri"),
    "disjoint": Parameter(kind="iri"),
    "lessThan": Parameter(kind="iri", on_property=True),
    "lessThanOrEquals": Parameter(kind="iri", on_property=True),
    "not": Parameter(kind="shape"),
    "and": Parameter(kind="shapes"),
    "or": Parameter(kind="shapes"),
    "xone": Parameter(kind="shapes"),
    "node": Parameter(kind="shape"),
    "property": Parameter(kind="shape"),
    "qualifiedValueShape": Parameter(kind="shape", single=True, on_property=True),
    "qualifiedValueShapesDisjoint": Parameter(kind="boolean", single=True, on_property=True),
    "qualifiedMinCount": Parameter(kind="integer", single=True, on_property=True),
    "qualifiedMaxCount": Parameter(kind="integer", single=True, on_property=True),
    "closed": Parameter(kind="boolean", single=True),
    "ignoredProperties": Parameter(kind="iris", single=True),
    "hasValue": Parameter(kind="any"),
    "in": Parameter(kind="list", single=True),
    "sparql": Parameter(kind="query"),
    "targetClass": Parameter(kind="iri", constrains=False),
    "targetNode": Parameter(kind="target", constrains=False),
    "targetObjectsOf": Parameter(kind="iri", constrains=False),
    "targetSubjectsOf": Parameter(kind="iri", constrains=False),
    "severity": Parameter(kind="severity", single=True, constrains=False),
    "message": Parameter(kind="text", constrains=False),
    "deactivated": Parameter(kind="boolean", single=True, constrains=False),
    "select": Parameter(kind="string", single=True, constrains=False),
    "ask": Parameter(kind="string", single=True, constrains=False),
    "validator": Parameter(kind="query", constrains=False),
    "nodeValidator": Parameter(kind="query", constrains=False),
    "propertyValidator": Parameter(kind="query", constrains=False),
}
NODE_KINDS = ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
SEVERITIES = ("Violation", "Warning", "Info")
TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
PATHS = ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
SHAPE_LISTS = ("and", "or", "xone")
SHAPE_VALUES = ("property", "node", "not", "qualifiedValueShape")

# Terms that neither engine runs here, by what they belong to.
_NOT_RUN_WORDS = {
    "a rule": "rule condition TripleRule SPARQLRule Rule",
    "a target of SHACL-AF": """target SPARQLTarget SPARQLTargetType TargetType Target JSTarget
        JSTargetType""",
    "a function": "SPARQLFunction JSFunction Function",
    "JavaScript": """js jsFunctionName jsLibrary jsLibraryURL JSConstraint JSValidator JSRule
        JSLibrary JSExecutable""",
    "a node expression": "expression values filterShape nodes intersection union",
    "a term of SHACL 1.2": """memberShape uniqueMembers minListLength maxListLength singleLine
        subsetOf someValue rootClass uniqueValuesFor reifierShape reificationRequired
        nodeByExpression ShapeClass intent codeIdentifier targetWhere ByTypes Debug Trace""",
}
NOT_RUN = {name: what for what, names in _NOT_RUN_WORDS.items() for name in names.split()}

_OTHERS = """NodeShape PropertyShape Shape Violation Warning Info Severity NodeKind IRI BlankNode
    Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral SPARQLConstraint SPARQLSelectValidator
    SPARQLAskValidator SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable
    SPARQLConstructExecutable SPARQLUpdateExecutable ConstraintComponent Parameter Parameterizable
    PrefixDeclaration ShapesGraph shapesGraph suggestedShapesGraph shapesGraphWellFormed entailment
    name description order group defaultValue path inversePath alternativePath zeroOrMorePath
    oneOrMorePath zeroOrOnePath
    PropertyGroup select ask construct update prefixes declare prefix namespace validator
    nodeValidator propertyValidator parameter optional labelTemplate Validator AbstractResult
    ValidationReport ValidationResult ResultAnnotation annotationProperty annotationValue
    annotationVarName resultAnnotation conforms detail focusNode result resultMessage resultPath
    resultSeverity sourceConstraint sourceConstraintComponent sourceShape value returnType subject
    predicate object this currentShape"""
_COMPONENTS = """and class closed datatype disjoint equals hasValue in languageIn lessThan
    lessThanOrEquals maxCount maxExclusive maxInclusive maxLength minCount minExclusive minInclusive
    minLength node nodeKind not or pattern property qualifiedMaxCount qualifiedMinCount uniqueLang
    xone expression js"""

TERMS = frozenset(
    {
        *PARAMETERS,
        *NOT_RUN,
        *_OTHERS.split(),
        "SPARQLConstraintComponent",
        "JSConstraintComponent",
        *(f"{n[0].upper()}{n[1:]}ConstraintComponent" for n in _COMPONENTS.split()),
    }
)


def nearest_term(name: str) -> str | None:
    """Return the term of SHACL that a word was probably meant to be.

    >>> nearest_term("minCoun"), nearest_term("Iri"), nearest_term("rhubarb")
    ('minCount', 'IRI', None)
    """
    folded = {term.lower(): term for term in sorted(TERMS, reverse=True)}
    same = [term for term in sorted(TERMS) if term.lower() == name.lower()]
    if same:
        alike = [term for term in same if term[:1].islower() == name[:1].islower()]
        return (alike or same)[0]
    close = get_close_matches(name.lower(), folded, n=3, cutoff=0.75)
    terms = [folded[word] for word in close]
    alike = [term for term in terms if term[:1].islower() == name[:1].islower()]
    return next(iter(alike or terms), None)


def local_name(iri: str) -> str | None:
    """Return the part of a SHACL IRI after the namespace; None for other IRIs."""
    return iri.removeprefix(SH) if iri.startswith(SH) else None
