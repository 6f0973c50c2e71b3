"""What follows when articles came or went: the graphs they share, the index, a publication."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from kg.iris import graph_iri
from kg.pipeline.keys import PastRun, derive_graphs, load_keys, table_of
from kg.settings import Settings
from kg.store.keep import Catalogue, StoreFolder, Terms
from kg.store.search import follow_changes

_SETTLED = "settled"
_MANY = 100  # changed graphs after which the database is worth compacting


def settle(writer: StoreFolder, settings: Settings, *, run: int | None = None) -> int:
    """Bring the shared graphs and the index in step with the articles, and publish.

    Args:
        writer: of the store.
        settings: those of the store.
        run: number of the run that ends now.

    Returns:
        Number of the publication that readers now open.

    Raises:
        StoreError: it cannot be written.
    """
    catalogue = writer.catalogue
    if run is not None:
        catalogue.end_run(run, now())
    if is_settled(catalogue):
        return int(catalogue.state("publication", "0"))
    if catalogue.state(_SETTLED) in ("", "no"):
        rows = [load_keys(text) for _, _, _, text in catalogue.all_keys()]
        writer.replace_graphs(derive_graphs(rows, past_runs(catalogue), settings))
        catalogue.remember(_SETTLED, "shared graphs")
    if follow_changes(writer) > _MANY:
        writer.compact()
    number = writer.publish()
    catalogue.remember("publication", str(number))
    catalogue.remember(_SETTLED, "yes")
    return number


def is_settled(catalogue: Catalogue) -> bool:
    """Return whether readers see all that is in the store."""
    unfinished = catalogue.pending() or catalogue.changed()
    return catalogue.state(_SETTLED) == "yes" and not unfinished


def past_runs(catalogue: Catalogue) -> list[PastRun]:
    """Return the runs that have articles, oldest first."""
    made: dict[int, set[str]] = {}
    for article, run, _, _ in catalogue.all_keys():
        made.setdefault(run, set()).add(article)
    return [
        PastRun(
            started=started,
            ended=ended,
            software=load_software(software),
            articles=frozenset(made[number]),
        )
        for number, started, ended, software in catalogue.runs()
    ]


def article_graphs(base: str, article: str) -> tuple[str, ...]:
    """Return the names of the graphs that are an article's own: its statements and its text.

    An entry that is a table has one, that of its rows.
    """
    table = table_of(article)
    if table is not None:
        return (graph_iri(base, f"table/{table}"),)
    return graph_iri(base, f"article/{article}"), graph_iri(base, f"text/{article}")


def settings_of(terms: Terms) -> Settings:
    """Return the settings that a store was made with."""
    if terms.evidence == "offsets":
        return Settings(base=terms.base, evidence="offsets", with_text=terms.with_text)
    return Settings(base=terms.base, with_text=terms.with_text)


def dump_software(software: Iterable[tuple[str, str]]) -> str:
    """Return names and versions as JSON."""
    return json.dumps([list(pair) for pair in software])


def load_software(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names and versions of `dump_software`."""
    return tuple((str(name), str(version)) for name, version in json.loads(text))


def now() -> str:
    """Return the time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
