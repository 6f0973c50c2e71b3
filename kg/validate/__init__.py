"""Validate any RDF against shapes: each named graph by itself, with what it needs beside it."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from kg.validate.baseline import Baseline, judge_report, load_baseline
from kg.validate.engines import choose_engine
from kg.validate.formats import FORMATS, form_of, render_report
from kg.validate.report import (
    Difference,
    Place,
    Problem,
    Result,
    Severity,
    ValidationReport,
)
from kg.validate.shapes import ShapesGraph, load_shapes
from kg.validate.sources import Dataset, Source, list_files, open_dataset
from kg.validate.tables import row_profiles
from kg.validate.texts import Texts, find_texts
from kg.validate.validation import Progress, Validation

__all__ = [
    "FORMATS",
    "Baseline",
    "Dataset",
    "Difference",
    "Place",
    "Problem",
    "Progress",
    "Result",
    "Severity",
    "ShapesGraph",
    "ValidationReport",
    "form_of",
    "judge_report",
    "list_files",
    "load_baseline",
    "load_shapes",
    "open_dataset",
    "render_report",
    "validate_graph",
]


def validate_graph(
    source: Source | Dataset,
    *,
    shapes: str | Path | Iterable[str | Path] | ShapesGraph | None = None,
    profiles: Iterable[str] | None = None,
    engine: str = "auto",
    texts: Texts | None = None,
    tell: Progress | None = None,
) -> ValidationReport:
    """Return what the shapes find in a graph.

    Named graphs are validated one by one: that of an article or event table with the nodes of the
    authority graph that it uses, and an article's text, beside it. For event tables the profile
    `rows` takes the place of `evidence`. Data without named graphs are validated as a whole. To
    have it otherwise (all graphs as one, a context beside each, another syntax than the ending
    says) give a dataset from `open_dataset`.

    Args:
        source: RDF files, folders (their `graph.trig`), `-` for standard input, quads, or a
            dataset, which stays open.
        shapes: files or folders of shapes, or shapes already loaded; the project's own where None.
        profiles: layers of the project's own shapes; the usual ones where None, beside `shapes`
            those that are named.
        engine: shacl, pyshacl, both (and whether they agree), or auto: the fast one where it is
            installed and can use the shapes.
        texts: folder of the source texts, or the texts: proves that the words of every span are
            there. A text is known by its sha256.
        tell: called with a step (`read`, `validate`), how much of it is done, and how much there
            is in all.

    Raises:
        InputError: a source that cannot be read (names file, line and reason), or no such engine.
        ShapesError: shapes that cannot be used.
    """
    validation = _validation(shapes, profiles, engine)
    finder = find_texts(texts)
    opened = nullcontext(source) if isinstance(source, Dataset) else open_dataset(source, tell=tell)
    with opened as dataset:
        report = validation.run(dataset, finder, tell or _silent)
    return replace(report, texts_given=texts is not None and report.articles > 0)


def _validation(
    shapes: str | Path | Iterable[str | Path] | ShapesGraph | None,
    profiles: Iterable[str] | None,
    engine: str,
) -> Validation:
    if isinstance(shapes, ShapesGraph):
        return Validation(shapes=shapes, engine=choose_engine(engine))
    paths = [shapes] if isinstance(shapes, str | Path) else None if shapes is None else list(shapes)
    names = None if profiles is None else tuple(profiles)
    of_rows = row_profiles(names) if names is not None or not paths else None
    return Validation(
        shapes=load_shapes(paths, profiles=names),
        engine=choose_engine(engine),
        row_shapes=partial(load_shapes, paths, profiles=of_rows) if of_rows else None,
    )


def _silent(step: str, done: int, total: int) -> None:
    del step, done, total
