"""One broken shapes file for each rule of the linter, with a twin in which the mistake is mended.

`§` marks the line on which the problem has to be found.
"""

from dataclasses import dataclass

HEAD = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://a.example/> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
)
_NODE = "ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n  %s\n  sh:nodeKind sh:IRI .\n"
_PROPERTY = _NODE % "sh:property [ sh:path ex:p ;\n    %s\n    sh:message 'wrong' ] ;"
_QUERY = (
    "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://a.example/'^^xsd:anyURI ] .\n"
    + _NODE % "sh:sparql [ sh:prefixes ex:P ; sh:message 'wrong' ;\n    sh:select '''%s''' ] ; #§"
)


@dataclass(frozen=True)
class Case:
    code: str
    severity: str
    broken: str
    mended: str
    says: str


def violation(code: str, broken: str, mended: str, says: str = "") -> Case:
    return Case(code, "Violation", broken, mended, says)


def warning(code: str, broken: str, mended: str, says: str = "") -> Case:
    return Case(code, "Warning", broken, mended, says)


def _in(frame: str, broken: str, mended: str) -> tuple[str, str]:
    mark = "" if "§" in frame or "§" in broken else " #§"
    return frame % (broken + mark), (frame % mended)


def node(broken: str, mended: str) -> tuple[str, str]:
    """A statement of a node shape."""
    return _in(_NODE, broken, mended)


def prop(broken: str, mended: str) -> tuple[str, str]:
    """A statement of a property shape."""
    return _in(_PROPERTY, broken, mended)


def query(broken: str, mended: str = "SELECT DISTINCT $this { $this ex:a ?b }") -> tuple[str, str]:
    """The query of a SPARQL constraint."""
    return _in(_QUERY, broken, mended)


LIST = "ex:L rdf:first 1 ; rdf:rest %s . "
CASES: dict[str, Case] = {
    # names
    "predicate-misspelt": violation(
        "unknown-term", *prop("sh:minCoun 1 ;", "sh:minCount 1 ;"), "did you mean sh:minCount?"
    ),
    "case-misspelt": violation(
        "unknown-term", *node("sh:targetclass ex:D ;", "sh:targetClass ex:D ;"), "sh:targetClass?"
    ),
    "node-kind-misspelt": violation(
        "unknown-term", *prop("sh:nodeKind sh:Iri ;", "sh:nodeKind sh:IRI ;"), "mean sh:IRI?"
    ),
    "severity-misspelt": violation(
        "unknown-term", *node("sh:severity sh:Waring ;", "sh:severity sh:Warning ;"), "sh:Warning?"
    ),
    "class-misspelt": violation(
        "unknown-term", *prop("a sh:PropertyShap ;", "a sh:PropertyShape ;"), "sh:PropertyShape?"
    ),
    "no-target": violation(
        "no-target", "#§1", "ex:S a sh:NodeShape ; sh:targetClass ex:C .", "no shape with a target"
    ),
    "entailment": violation(
        "entailment",
        "<https://a.example/x> sh:entailment ex:E . #§\n" + _NODE % "",
        _NODE % "",
        "write what follows",
    ),
    "rule": warning(
        "not-run", *node("sh:rule [ sh:order 1 ] ;", ""), "sh:rule is a rule, which is not run"
    ),
    "sparql-target": warning("not-run", *node("sh:target [ a ex:T ] ;", ""), "target of SHACL-AF"),
    "javascript": warning("not-run", *node("sh:js [ a ex:T ] ;", ""), "JavaScript"),
    "of-shacl-1.2": warning("not-run", *prop("sh:uniqueMembers true ;", ""), "SHACL 1.2"),
    "datatype-unknown": warning(
        "unknown-datatype",
        *prop("sh:datatype xsd:sting ;", "sh:datatype xsd:string ;"),
        "did you mean xsd:string?",
    ),
    "import": warning(
        "missing-import",
        "<https://a.example/o> owl:imports <https://a.example/more> . #§\n" + _NODE % "",
        "<https://a.example/o> owl:imports <https://a.example/more> .\n"
        "<https://a.example/more> a owl:Ontology .\n" + _NODE % "",
        "nothing is fetched",
    ),
    # kinds
    "count-in-words": violation(
        "wrong-kind", *prop('sh:minCount "one" ;', "sh:minCount 1 ;"), 'not "one"'
    ),
    "count-as-string": violation(
        "wrong-kind", *prop('sh:minCount "1" ;', "sh:minCount 1 ;"), 'not "1"'
    ),
    "count-as-decimal": violation(
        "wrong-kind", *prop("sh:maxCount 1.0 ;", "sh:maxCount 1 ;"), "whole number"
    ),
    "datatype-as-literal": violation(
        "wrong-kind", *prop('sh:datatype "xsd:date" ;', "sh:datatype xsd:date ;"), "takes an IRI"
    ),
    "class-as-literal": violation(
        "wrong-kind", *node('sh:targetClass "ex:D" ;', "sh:targetClass ex:D ;"), "quotation marks"
    ),
    "severity-as-literal": violation(
        "wrong-kind", *node('sh:severity "Warning" ;', "sh:severity ex:Grave ;"), "sh:severity"
    ),
    "severity-of-another-kind": violation(
        "wrong-kind", *node("sh:severity sh:IRI ;", "sh:severity sh:Info ;"), "not sh:IRI"
    ),
    "closed-as-string": violation(
        "wrong-kind", *node('sh:closed "yes" ;', "sh:closed false ;"), "true or false"
    ),
    "deactivated-as-string": violation(
        "wrong-kind", *node('sh:deactivated "yes" ;', "sh:deactivated false ;"), "true or false"
    ),
    "unique-lang-as-string": violation(
        "wrong-kind", *prop('sh:uniqueLang "true" ;', "sh:uniqueLang true ;"), "sh:uniqueLang"
    ),
    "message-as-number": violation("wrong-kind", *node("sh:message 1 ;", "sh:message '1' ;")),
    "bound-as-iri": violation(
        "wrong-kind", *prop("sh:minInclusive ex:a ;", "sh:minInclusive 1 ;"), "takes a literal"
    ),
    "property-as-literal": violation(
        "wrong-kind", *node('sh:property "ex:p" ;', "sh:property [ sh:path ex:p ] ;"), "a shape"
    ),
    "node-as-literal": violation(
        "wrong-kind", *node('sh:node "ex:N" ;', "sh:node [ sh:nodeKind sh:IRI ] ;"), "a shape"
    ),
    "member-as-literal": violation(
        "wrong-kind",
        *node('sh:or ( "a" [ sh:class ex:B ] ) ;', "sh:or ( [ sh:class ex:A ] ) ;"),
        "list of shapes",
    ),
    "ignored-as-literal": violation(
        "wrong-kind",
        *node(
            'sh:closed true ; sh:ignoredProperties ( rdf:type "ex:a" ) ;',
            "sh:closed true ; sh:ignoredProperties ( rdf:type ) ;",
        ),
        "list of IRIs",
    ),
    "several-counts": violation(
        "several-values", *prop("sh:maxCount 1 , 2 ;", "sh:maxCount 2 ;"), "2 times on one shape"
    ),
    "in-without-brackets": violation(
        "not-a-list", *prop('sh:in "a" , "b" ;', 'sh:in ( "a" "b" ) ;'), "round brackets"
    ),
    "or-without-brackets": violation(
        "not-a-list", *node("sh:or [ sh:class ex:A ] ;", "sh:or ( [ sh:class ex:A ] ) ;")
    ),
    "list-without-end": violation(
        "broken-list",
        LIST % "ex:M" + _PROPERTY % "sh:in ex:L ; #§",
        LIST % "()" + _PROPERTY % "sh:in ex:L ;",
        "one rdf:first and one rdf:rest",
    ),
    "list-in-a-circle": violation(
        "broken-list",
        LIST % "ex:L" + _PROPERTY % "sh:in ex:L ; #§",
        LIST % "()" + _PROPERTY % "sh:in ex:L ;",
        "runs in a circle",
    ),
    "list-empty": warning("empty-list", *prop("sh:in () ;", "sh:in ( 1 ) ;"), "never true"),
    "range-of-counts": warning(
        "impossible-range", *prop("sh:minCount 2 ; sh:maxCount 1 ;", "sh:minCount 2 ;")
    ),
    "range-below-zero": warning(
        "impossible-range", *prop("sh:maxCount -1 ;", "sh:maxCount 1 ;"), "below zero"
    ),
    # paths
    "path-missing": violation(
        "missing-path",
        *node("sh:property [ sh:minCount 1 ] ;", "sh:property [ sh:path ex:p ; sh:minCount 1 ] ;"),
        "has no sh:path",
    ),
    "path-missing-by-name": violation(
        "missing-path",
        "ex:P a sh:PropertyShape ; #§\n sh:targetClass ex:C ; sh:nodeKind sh:IRI .",
        "ex:P a sh:PropertyShape ; sh:path ex:p ; sh:targetClass ex:C ; sh:nodeKind sh:IRI .",
        "ex:P has no sh:path",
    ),
    "properties-as-list": violation(
        "missing-path",
        *node("sh:property ( [ sh:path ex:p ] ) ;", "sh:property [ sh:path ex:p ] ;"),
        "takes no list",
    ),
    "property-undescribed": violation(
        "undescribed",
        *node("sh:property ex:gone ;", "sh:property [ sh:path ex:p ] ;"),
        "ex:gone, which is described nowhere",
    ),
    "paths-several": violation("several-paths", *prop("sh:path ex:q ;", ""), "ex:p, ex:q"),
    "path-as-literal": violation(
        "malformed-path",
        *node('sh:property [ sh:path "ex:p" ] ;', "sh:property [ sh:path ex:p ] ;"),
        'not "ex:p"',
    ),
    "path-of-no-kind": violation(
        "malformed-path",
        *node(
            "sh:property [ sh:path [ rdfs:label 'p' ] ] ;",
            "sh:property [ sh:path [ sh:inversePath ex:p ] ] ;",
        ),
        "neither a list nor",
    ),
    "path-of-one-member": violation(
        "malformed-path",
        *node("sh:property [ sh:path ( ex:p ) ] ;", "sh:property [ sh:path ( ex:p ex:q ) ] ;"),
        "single member",
    ),
    "path-alternative-without-list": violation(
        "malformed-path",
        *node(
            "sh:property [ sh:path [ sh:alternativePath ex:p ] ] ;",
            "sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ] ;",
        ),
        "without a list",
    ),
    "path-of-two-kinds": violation(
        "malformed-path",
        *node(
            "sh:property [ sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:p ] ] ;",
            "sh:property [ sh:path [ sh:inversePath [ sh:zeroOrMorePath ex:p ] ] ] ;",
        ),
        "one path, one kind",
    ),
    "count-on-node-shape": violation(
        "misplaced-parameter", *node("sh:minCount 1 ;", ""), "shape without sh:path"
    ),
    "unique-lang-on-node-shape": violation(
        "misplaced-parameter", *node("sh:uniqueLang true ;", ""), "sh:uniqueLang"
    ),
    "less-than-on-node-shape": violation(
        "misplaced-parameter", *node("sh:lessThan ex:p ;", "sh:equals ex:p ;"), "sh:lessThan"
    ),
    "node-shape-with-path": violation(
        "node-shape-with-path", *node("sh:path ex:p ;", ""), "one or the other"
    ),
    # places
    "severity-on-a-class": violation(
        "misplaced-severity",
        _NODE % "" + "ex:C a owl:Class ; sh:severity sh:Warning . #§",
        _NODE % "sh:severity sh:Warning ;" + "ex:C a owl:Class .",
        "ex:C, which is no shape",
    ),
    "severity-in-a-path": violation(
        "misplaced-severity",
        *node(
            "sh:property [ sh:path [ sh:inversePath ex:p ; sh:severity sh:Info ] ] ;",
            "sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:severity sh:Info ] ;",
        ),
        "a property path",
    ),
    "severity-on-a-query": violation(
        "misplaced-severity",
        *node(
            "sh:sparql [ sh:select 'SELECT DISTINCT $this {}' ; sh:severity sh:Info ] ;",
            "sh:sparql [ sh:select 'SELECT DISTINCT $this {}' ] ; sh:severity sh:Info ;",
        ),
        "the node of a query",
    ),
    "message-on-a-class": warning(
        "misplaced-message", _NODE % "" + "ex:C sh:message 'a' . #§", _NODE % ""
    ),
    "never-applied": warning(
        "never-applied",
        _NODE % "" + "ex:N a sh:NodeShape ; sh:class ex:D . #§",
        _NODE % "sh:node ex:N ;" + "ex:N a sh:NodeShape ; sh:class ex:D .",
        "ex:N: never applied",
    ),
    "owl-class-as-shape": warning(
        "never-applied",
        _NODE % "" + "ex:N a sh:NodeShape , owl:Class ; sh:class ex:D . #§",
        _NODE % "" + "ex:N a sh:NodeShape , rdfs:Class ; sh:class ex:D .",
        "rdfs:Class and sh:NodeShape",
    ),
    "node-undescribed": warning(
        "undescribed", *node("sh:node ex:gone ;", "sh:node [ sh:class ex:A ] ;"), "sh:node leads"
    ),
    "not-undescribed": warning(
        "undescribed", *node("sh:not ex:gone ;", "sh:not [ sh:class ex:A ] ;"), "sh:not leads"
    ),
    "member-undescribed": warning(
        "undescribed", *node("sh:and ( ex:gone ) ;", "sh:and ( [ sh:class ex:A ] ) ;"), "sh:and"
    ),
    "property-shape-as-node": violation(
        "not-a-node-shape",
        *node("sh:node [ sh:path ex:p ] ;", "sh:property [ sh:path ex:p ] ;"),
        "use sh:property",
    ),
    "qualified-without-count": violation(
        "incomplete",
        *prop(
            "sh:qualifiedValueShape [ sh:class ex:A ] ;",
            "sh:qualifiedValueShape [ sh:class ex:A ] ; sh:qualifiedMinCount 1 ;",
        ),
    ),
    "qualified-count-alone": warning(
        "incomplete",
        *prop(
            "sh:qualifiedMinCount 1 ;",
            "sh:qualifiedValueShape [ sh:class ex:A ] ; sh:qualifiedMinCount 1 ;",
        ),
    ),
    "flags-alone": violation(
        "incomplete", *prop("sh:flags 'i' ;", "sh:pattern 'a' ; sh:flags 'i' ;"), "sh:pattern"
    ),
    "ignored-alone": warning("incomplete", *node("sh:ignoredProperties ( ex:a ) ;", "")),
    "checks-nothing": warning(
        "checks-nothing",
        "ex:S a sh:NodeShape ; #§\n sh:targetClass ex:C ;\n"
        " sh:deactivated true ; sh:nodeKind sh:IRI .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI .",
        "it checks nothing",
    ),
    "property-checks-nothing": warning(
        "checks-nothing",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI ;\n"
        " sh:property [ sh:path ex:p ] . #§",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI ;\n"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        "it checks nothing",
    ),
    "idle-severity": warning(
        "idle-severity",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n sh:severity sh:Warning ; #§\n"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Warning ] .",
        "put it on them",
    ),
    "closed-without-type": warning(
        "closed-without-type",
        *node("sh:closed true ;", "sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"),
        "forbids rdf:type",
    ),
    "datatype-as-class": warning(
        "datatype-as-class", *prop("sh:class xsd:date ;", "sh:datatype xsd:date ;")
    ),
    "recursion": warning(
        "recursion",
        "ex:S a sh:NodeShape ; #§\n sh:targetClass ex:C ;\n"
        " sh:property [ sh:path ex:p ; sh:node ex:S ] .",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ] .",
        "ex:S → ex:S",
    ),
    # patterns
    "pattern-broken": violation(
        "broken-pattern", *prop("sh:pattern '(a' ;", "sh:pattern '(a)' ;"), "regular expression"
    ),
    "pattern-looks-ahead": warning(
        "pattern", *prop("sh:pattern 'a(?=b)' ;", "sh:pattern 'ab' ;"), "look-ahead"
    ),
    "flag-unknown": violation(
        "unknown-flag",
        *prop("sh:pattern 'a' ; sh:flags 'g' ;", "sh:pattern 'a' ; sh:flags 'i' ;"),
        "no flag 'g'",
    ),
    # queries
    "query-missing": violation(
        "missing-query",
        *node(
            "sh:sparql [ sh:message 'a' ] ;", "sh:sparql [ sh:select 'SELECT DISTINCT $this {}' ] ;"
        ),
    ),
    "query-that-does-not-parse": violation(
        "query-syntax", *query("SELECT DISTINCT $this { $this ex:a }"), "line 1, column"
    ),
    "query-without-this": violation(
        "no-this", *query("SELECT DISTINCT ?b { ?a ex:a ?b }"), "does not give $this"
    ),
    "query-with-service": violation(
        "refused-query",
        *query("SELECT DISTINCT $this { SERVICE <http://a.example/> { $this ?p ?o } }"),
        "SERVICE",
    ),
    "query-with-from": violation(
        "refused-query", *query("SELECT DISTINCT $this FROM <http://a.example/> { $this ?p ?o }")
    ),
    "query-with-minus": violation(
        "forbidden-query",
        *query("SELECT DISTINCT $this { $this ?p ?o MINUS { ?o ?p ?q } }"),
        "FILTER NOT EXISTS",
    ),
    "query-with-values": violation(
        "forbidden-query", *query("SELECT DISTINCT $this { VALUES ?a { 1 } $this ex:a ?a }")
    ),
    "query-with-nested-select": violation(
        "forbidden-query",
        *query(
            "SELECT DISTINCT $this { $this ex:a ?b { SELECT ?b { ?b ex:a ?c } } }",
            "SELECT DISTINCT $this { $this ex:a ?b { SELECT $this ?b { $this ex:a ?b } } }",
        ),
        "nested SELECT",
    ),
    "query-that-binds-this": violation(
        "forbidden-query", *query("SELECT DISTINCT $this { BIND(1 AS $this) }"), "AS ?this"
    ),
    "query-without-distinct": warning(
        "not-distinct", *query("SELECT $this { $this ex:a ?b }"), "DISTINCT"
    ),
    "query-with-undeclared-prefix": violation(
        "undeclared-prefix", *query("SELECT DISTINCT $this { $this schema:a ?b }"), "schema:"
    ),
    "query-with-path-on-node-shape": violation(
        "no-path", *query("SELECT DISTINCT $this { $this $PATH ?b }"), "$PATH"
    ),
    "query-of-another-form": violation(
        "query-form", *query("ASK { $this ex:a ?b }"), "begins with SELECT"
    ),
    "query-as-iri": violation(
        "wrong-kind",
        *node(
            "sh:sparql [ sh:select ex:q ] ;", "sh:sparql [ sh:select 'SELECT DISTINCT $this {}' ] ;"
        ),
        "sh:select takes a string",
    ),
    "namespace-without-scheme": violation(
        "wrong-kind",
        "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace 'One' ] . #§\n" + _NODE % "",
        "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace 'urn:one:' ] .\n" + _NODE % "",
        "an IRI as a literal",
    ),
    "declaration-broken": violation(
        "broken-declaration",
        "ex:P sh:declare [ sh:prefix 'ex' ] . #§\n" + _NODE % "",
        "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://a.example/' ] .\n" + _NODE % "",
        "one sh:namespace",
    ),
    "namespace-as-iri": violation(
        "wrong-kind",
        "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace ex: ] . #§\n" + _NODE % "",
        "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://a.example/' ] .\n" + _NODE % "",
        "takes a literal",
    ),
}
