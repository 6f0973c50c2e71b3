"""Articles and tables go out of a store folder, and nothing of them stays behind."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from kg.errors import InputError
from kg.iris import article_iri
from kg.pipeline.keys import table_entry
from kg.pipeline.settling import article_graphs, settings_of, settle
from kg.store.keep import Change, StoreFolder, drop_graphs, open_writer


def remove_articles(names: Iterable[str], folder: str | Path) -> tuple[str, ...]:
    """Take articles out of a store folder; return the ids of those that went.

    Nothing of them stays behind in any graph or in the index.

    Args:
        names: ids or IRIs of articles and tables, URLs (all captures go), or names of source files.
        folder: a store folder.

    Raises:
        InputError: no such article (then nothing is removed), or no such store.
        StoreError: another process writes the store, or it cannot be written.
    """
    with open_writer(folder) as writer:
        settings = settings_of(writer.terms)
        gone = tuple(dict.fromkeys(one for name in names for one in _find(writer, name)))
        for one in gone:
            graphs = article_graphs(settings.base, one)
            writer.apply(Change(update=drop_graphs(graphs), removed=(one,), graphs=graphs))
        settle(writer, settings)
    return gone


def _find(writer: StoreFolder, name: str) -> list[str]:
    catalogue, base = writer.catalogue, writer.terms.base
    plain = name.partition("#")[0]
    for entry in (
        plain.removeprefix(article_iri(base, "")),
        table_entry(plain.removeprefix(f"{base}table/")),
    ):
        if catalogue.digest(entry) is not None:
            return [entry]
    found = catalogue.ids_by_url(name) or catalogue.ids_by_source(name)
    found = found or catalogue.ids_by_source(Path(name).name)
    if found:
        return found
    known = {word for row in catalogue.names() for word in row if word}
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise InputError(f"no article {name!r} in this store{hint}", source=str(writer.folder))
