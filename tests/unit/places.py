"""The line found for one thing in one text."""

from pathlib import Path

from kg.validate.places import Wanted, find_places

E = "http://e.example/"
XSD = "http://www.w3.org/2001/XMLSchema#"
ENDINGS = {
    "turtle": "ttl",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nq",
    "rdfxml": "rdf",
    "jsonld": "jsonld",
}

Term = str | None


def place(
    folder: Path,
    text: str,
    focus: str,
    path: Term = None,
    value: Term = None,
    *,
    form: str = "turtle",
    graph: Term = None,
) -> tuple[int, bool] | None:
    """Return line and exactness; names without a scheme are those of the example."""
    file = folder / f"data.{ENDINGS[form]}"
    file.write_bytes(text.encode())

    def full(term: Term) -> Term:
        plain = term is not None and ":" not in term and not term.startswith('"')
        return E + term if plain and term else term

    wanted = Wanted(graph=full(graph), focus=full(focus) or "", path=full(path), value=full(value))
    found = find_places(str(file), form, [wanted], base="http://base.example/file").get(wanted)
    assert found is None or found.file == str(file)
    return None if found is None else (found.line, found.exact)
