"""The report for a person: the verdict, then what was found by kind, worst first, with places."""

from collections.abc import Iterator
from itertools import groupby

from kg.validate.formats.names import Names, count_of, one_line
from kg.validate.report import Problem, Result, ValidationReport

_WORDS = {"Violation": "violation", "Warning": "warning", "Info": "note"}
_KINDS = 20  # named even where fewer results are spelled out


def to_text(report: ValidationReport, limit: int | None = None) -> str:
    """Return the report for people.

    Args:
        report: what was found.
        limit: most results that are spelled out; all where None. Kinds are
            named and counted, as many as that, or twenty; the rest of them in one line.
    """
    lines = [_verdict(report), *_about(report)]
    lines += [_problem(problem) for problem in report.problems]
    lines += _differences(report)
    lines += _groups(report, limit)
    return "\n".join(lines) + "\n"


def _verdict(report: ValidationReport) -> str:
    if report.unusable:
        return f"cannot be validated: {_why_unusable(report)}"
    if report.only_shapes:
        warned = count_of(len(report.problems), "warning")
        return f"the shapes can be used: {warned if report.problems else 'no problems'}"
    if not report.checked:
        return "nothing was checked: no node of the data is a target of the shapes " + (
            "(the data are empty)" if not report.triples else "(another vocabulary?)"
        )
    verdict = "conforms" if report.conforms else "does not conform"
    if not report.words_checked and report.articles:
        verdict += ", words not checked"
    found = [count_of(number, _WORDS[name]) for name, number in report.counts.items() if number]
    where = f"{count_of(report.graphs, 'graph')} ({count_of(report.triples, 'triple')})"
    return f"{verdict}: {', '.join(found) or 'no findings'} in {where}"


def _why_unusable(report: ValidationReport) -> str:
    if report.differences:
        return "the two engines do not find the same"
    if any(problem.about == "data" for problem in report.problems):
        return "the data cannot be read"
    if any(problem.code == "unusable-shapes" for problem in report.problems):
        return "the engine cannot use these shapes"
    return "the shapes are broken"


def _about(report: ValidationReport) -> Iterator[str]:
    if report.compared:
        known = len(report.results) - len(report.new_results)
        yield f"{len(report.new_results)} new, {known} known to the baseline, {report.gone} gone"
    if report.checked and report.articles and not report.words_checked:
        missing = f"{report.articles - report.texts} of {report.articles} texts"
        if report.texts_given:
            yield f"words not checked: {missing} are not among those given: other or changed texts?"
        else:
            way_out = "give their folder with --texts, or keep them in the graph"
            yield f"words not checked: {missing} are not at hand ({way_out})"
    yield from report.notices


def _problem(problem: Problem) -> str:
    place = f"{problem.place}: " if problem.place else ""
    broken = problem.severity == "Violation" and problem.code != "unusable-shapes"
    told = "data" if problem.about == "data" else "broken shape" if broken else "shapes"
    return f"{place}{told}: {problem.message} [{problem.code}]"


def _differences(report: ValidationReport) -> Iterator[str]:
    names = Names(dict(report.prefixes))
    for engine, group in groupby(report.differences, key=lambda d: d.engine):
        found = [difference.result for difference in group]
        yield ""
        yield f"ONLY {engine} FINDS, {_times(len(found))}:"
        for result in found:
            yield f"  {names.title(result)}: {names.located(result)}"


def _groups(report: ValidationReport, limit: int | None) -> Iterator[str]:
    def kind(result: Result) -> tuple[bool, int, str, str, str, str]:
        rank, shape = list(_WORDS).index(result.severity), str(result.shape_place or "")
        return (result.known, rank, result.shape, shape, result.component, result.message)

    def order(result: Result) -> tuple[object, ...]:
        place = result.place
        return (kind(result), (place.file, place.line) if place else ("", 0), result.key)

    names = Names(dict(report.prefixes))
    kinds = [list(g) for _, g in groupby(sorted(report.results, key=order), key=kind)]
    named = len(kinds) if limit is None else max(limit, _KINDS)
    shares = _shares([len(k) for k in kinds], limit)
    for found, share in zip(kinds[:named], shares, strict=False):
        shown = found[:share]
        yield ""
        word = found[0].severity.upper() + (" (known)" if found[0].known else "")
        message = " ".join(found[0].message.split())
        yield f"{word} {names.title(found[0])}, {_times(len(found))}: {message}"
        if found[0].shape_place:
            yield f"  shape at {found[0].shape_place}"
        yield from _results(shown, names)
        if len(found) > len(shown) > 0:
            yield f"  … and {len(found) - len(shown):,} more of this kind"
    if len(kinds) > named:
        rest = sum(map(len, kinds[named:]))
        more = count_of(len(kinds) - named, "more kind")
        yield from ("", f"… and {more}, {count_of(rest, 'result')} in all")


def _shares(sizes: list[int], limit: int | None) -> list[int]:
    """Return how many of each kind are spelled out: one of each in turn, the worst first."""
    if limit is None or limit >= sum(sizes):
        return sizes
    shares, waiting = [0] * len(sizes), list(range(len(sizes)))
    while limit:
        waiting = [number for number in waiting if shares[number] < sizes[number]][:limit]
        for number in waiting:
            shares[number] += 1
        limit -= len(waiting)
    return shares


def _results(results: list[Result], names: Names) -> Iterator[str]:
    for headline, same in groupby(results, key=lambda r: r.headline):
        if headline:
            yield f"  in “{one_line(headline)}”"
        last = None
        for result in same:
            yield f"    {names.located(result)}"
            passage = _passage(result)
            if passage and passage != last:
                yield f"      {passage}"
            last = passage


def _passage(result: Result) -> str | None:
    """Return the sentence with the passage in brackets, or what there is of the two."""
    words, sentence = result.words, result.sentence
    if sentence and words and words != sentence and sentence.count(words) == 1:
        before, _, after = sentence.partition(words)
        return f"“{one_line(before + '[' + words + ']' + after)}”"
    text = sentence or words
    return f"“{one_line(text)}”" if text else None


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"
