"""From news to files: read, extract, link, map, validate, write."""

import json
import logging
import platform
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import InputError
from kg.map import Run, map_articles, map_pages, map_provenance, repeated_share
from kg.model import Article, EventTable, Failure
from kg.pipeline.collecting import (
    Collected,
    Progress,
    collect_inputs,
    extract_collected,
    silent,
)
from kg.pipeline.page_texts import take_away_texts, write_texts
from kg.pipeline.publication import DESCRIPTION, Publication, write_description
from kg.records import dump_records
from kg.settings import Settings
from kg.store.keep import is_store_folder
from kg.validate import ValidationReport, render_report, validate_graph
from kg.write import check_folder, replace_file, write_graph

log = logging.getLogger(__name__)

PAGES = "pages.trig"
_LIBRARIES = ("newskg", "spacy", "thinc", "numpy", "pyoxigraph", "rdflib", "pyshacl", "shacl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What one export did.

    Attributes:
        articles: sorted by id.
        tables: of coded events, sorted by name.
        failures: documents that could not be used, and warnings about others.
        triples: distinct triples of `graph.ttl`.
        files: what was written.
        repeated: share of the bodies' code points that the graph repeats, 0 to 1.
        seconds: wall-clock time of the run.
    """

    articles: tuple[Article, ...] = ()
    tables: tuple[EventTable, ...] = ()
    failures: tuple[Failure, ...] = ()
    report: ValidationReport = field(default_factory=ValidationReport)
    triples: int = 0
    files: tuple[Path, ...] = ()
    repeated: float = 0.0
    seconds: float = 0.0

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The documents that could not be used."""
        return tuple(f for f in self.failures if f.fatal)

    @property
    def ok(self) -> bool:
        """Whether there is a graph, every document is in it, and it conforms."""
        return bool(self.articles or self.tables) and not self.failed and self.report.conforms


def export_articles(
    inputs: Iterable[str | Path],
    output: str | Path,
    settings: Settings | None = None,
    *,
    meta: Path | None = None,
    engine: str = "auto",
    progress: Progress | None = None,
    publication: Publication | None = None,
) -> Export:
    """Read, extract, link, map, validate and write; return what was done.

    Args:
        inputs: files, folders, globs; `-` is standard input.
        output: folder, made if absent. Every file in it is replaced at once or not at all; where no
            document could be used, only `failures.jsonl` is.
        settings: options; defaults where None.
        meta: table with URL, publisher and date by file name.
        engine: SHACL engine: auto, shacl or pyshacl.
        progress: called with step, number done and total.
        publication: what `dataset.ttl` says of licence and place.

    Raises:
        InputError: an input does not exist and nothing else could be read either.
        ModelError: the language model is missing or not the pinned one.
        WriteError: the folder cannot be written.
    """
    settings, output, tell = settings or Settings(), Path(output), progress or silent
    clock, started = time.monotonic(), _now()
    _check_output(output)
    collected = collect_inputs(inputs, settings, meta, tell)
    articles, more = extract_collected(collected, settings, tell)
    failures = sorted(
        [*collected.failures, *collected.unmatched, *more],
        key=lambda f: (f.source, f.step, f.reason),
    )
    if not articles and not collected.tables:  # an empty graph must not replace an earlier one
        target = output / "failures.jsonl"
        replace_file(target, _lines(failures))
        return Export(failures=tuple(failures), files=(target,), seconds=time.monotonic() - clock)
    tell("map", 0, 1)
    quads = map_articles(articles, settings, collected.tables)
    tell("validate", 0, 1)
    done = Export(
        articles=tuple(articles),
        tables=collected.tables,
        failures=tuple(failures),
        report=_validate(collected, quads, engine),
        triples=len({quad.triple for quad in quads}),
        repeated=repeated_share(articles, settings),
    )
    tell("write", 0, 1)
    run = Run(
        started=started,
        ended=_now(),
        articles=done.articles,
        tables=done.tables,
        software=software_versions(),
    )
    beside = write_texts(collected.documents, output) + _write_pages(articles, output, settings)
    provenance = map_provenance(run, settings)
    files = write_export(output, done, quads, provenance, run, settings.base, publication)
    _take_away(output, beside)
    return replace(done, files=files + beside, seconds=time.monotonic() - clock)


def _check_output(output: Path) -> None:
    """Refuse an output that is a file or a store, or cannot be written."""
    if output.exists() and not output.is_dir():
        raise InputError("this is a file; the output is a folder: name another", source=str(output))
    if is_store_folder(output):
        raise InputError("this is a store of kg add: name another folder", source=str(output))
    check_folder(output)


def _validate(collected: Collected, quads: Sequence[Quad], engine: str) -> ValidationReport:
    """Return the report; words of records that came without their text stay unproved."""
    texts = {document.text for document in collected.documents}
    texts |= {article.text for article in collected.articles if article.text is not None}
    report = validate_graph(quads, engine=engine, texts=texts)
    if any(article.text is None for article in collected.articles):
        return replace(report, texts_given=False)
    return report


def write_export(
    output: Path,
    done: Export,
    quads: Sequence[Quad],
    provenance: Iterable[Quad],
    run: Run,
    base: str,
    publication: Publication | None = None,
) -> tuple[Path, ...]:
    """Write every file of an output folder, each replaced atomically, the manifest last.

    Args:
        output: an existing folder.
        done: articles, failures and report.
        quads: of the graph, in the order they are written.
        provenance: likewise, of its provenance.
        run: the last run.
        base: base of the data.
        publication: terms and place, for the description.

    Raises:
        WriteError: a file cannot be written.
    """
    texts = {
        "articles.jsonl": dump_records(done.articles),
        "failures.jsonl": _lines(done.failures),
        "report.json": render_report(done.report, "json"),
        "run.json": _pretty(
            {"started": run.started, "ended": run.ended, "software": dict(run.software)}
        ),
    }
    write_graph(quads, output / "graph.ttl", base=base)
    write_graph(quads, output / "graph.trig", base=base)
    write_graph(provenance, output / "provenance.trig", base=base)
    for name, text in texts.items():
        replace_file(output / name, text)
    write_description(quads, output, base, publication or Publication())
    manifest = _manifest(done)
    replace_file(output / "manifest.json", _pretty(manifest))
    names = ("graph.ttl", "graph.trig", "provenance.trig", *texts, DESCRIPTION, "manifest.json")
    return tuple(output / name for name in names)


def _write_pages(articles: Sequence[Article], output: Path, settings: Settings) -> tuple[Path, ...]:
    """Write what pages say of themselves, where that was kept."""
    quads = map_pages(articles, settings)
    if not quads:
        return ()
    write_graph(quads, output / PAGES, base=settings.base)
    return (output / PAGES,)


def _take_away(output: Path, beside: tuple[Path, ...]) -> None:
    """Remove what an earlier run wrote beside its graph, and this one did not."""
    take_away_texts(output, keep=beside)
    if output / PAGES not in beside:
        (output / PAGES).unlink(missing_ok=True)


def _manifest(done: Export) -> dict[str, object]:
    articles, failures, report = done.articles, done.failures, done.report
    tables = [
        {"source": t.source, "sha256": t.sha256, "table": t.id, "kind": t.kind, "rows": len(t.rows)}
        for t in done.tables
    ]
    events = [event for article in articles for event in article.events]
    return {
        "inputs": [
            {"source": a.source, "sha256": a.raw_sha256, "article": a.id}
            for a in sorted(articles, key=lambda a: (a.source, a.id))
        ],
        **({"tables": tables} if tables else {}),
        "languages": dict(sorted(Counter(a.language for a in articles).items())),
        "counts": {
            "articles": len(articles),
            "failed": sum(f.fatal for f in failures),
            "actors": sum(len(a.actors) for a in articles),
            "places": sum(len(a.places) for a in articles),
            "events_asserted": sum(e.asserted for e in events),
            "events_unconfirmed": sum(not e.asserted for e in events),
            "claims": sum(len(a.claims) for a in articles),
            "figures": sum(len(a.figures) for a in articles),
            "violations": report.violations,
            "warnings": report.warnings,
        },
    }


def software_versions() -> tuple[tuple[str, str], ...]:
    """Return names and versions of what decides the output, Python first."""
    found = [("python", platform.python_version())]
    for name in _LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def _lines(failures: Iterable[Failure]) -> str:
    return "".join(json.dumps(asdict(f), ensure_ascii=False) + "\n" for f in failures)


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
