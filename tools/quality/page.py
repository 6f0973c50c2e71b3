"""The tables of docs/quality.md, from the figures in docs/quality.json."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kg.evaluate.annotated import KIND
from kg.evaluate.columns import MAIN_COLUMNS, MEANINGS
from kg.extract.rules import RULE_GROUPS

Figures = Mapping[str, Any]
_BEGIN, _END = "<!-- made: {} -->\n", "<!-- end -->"
_FEW = 10  # the commonest errors
_SHOWN = 6  # causes of a column that are shown one by one
_SMALL = 0.001
_WORTH = (
    *("actors.set", "places.set", "events.mentions", "events.arguments_lenient"),
    *("events.date_compatible", "events.factuality", "statements.quote_and_speaker"),
)
_ASKS = {
    "article.headline": "the headline, without the name of the site",
    "article.date_compatible": "the stated day, or a guess inside the interval of the text",
    "article.date_guess": "a day is given, and inside that interval",
    "named_mentions.overlap": "names of actors and places, any overlap, one to one",
    "boilerplate.leaks": "names found in captions, links, menus (0 is best)",
    "actors.set": "named actors, one to one, by Wikidata item, name or alias",
    "actors.type": "type of matched actors",
    "places.set": "places, one to one, by Wikidata item, name or alias",
    "events.mentions": "triggers: the same type, in the same sentence",
    "events.events": "events, one to one",
    "events.arguments_lenient": "agents and targets; accepted actors and principals count",
    "events.place": "place, where the gold has one",
    "events.date_compatible": "inside the interval of the gold, or the one the text allows",
    "events.factuality": "class of the main label",
    "events.factuality_source": "class, and who claims or denies it",
    "events.not_fact_kept": "what is no fact in the gold is not made one",
    "events.fact_kept": "what is a fact in the gold is still one",
    "statements.quote_and_speaker": "four fifths of the letters, and the right speaker",
    "statements.direct": "quotations with their speakers",
    "statements.speaker": "speaker of matched claims",
    "cross.actors_b3_end_to_end": "actors over all articles, B-cubed",
    "cross.events_b3_end_to_end": "events over all articles, B-cubed",
}
_CORPORA = (
    ("meantime", "events.mentions"),
    ("meantime", "factuality.not_asserted"),
    ("polnear", "content"),
    ("polnear", "source"),
    ("re3d", "names.overlap"),
)


def filled(text: str, figures: Figures) -> str:
    """Return a page with its blocks filled."""
    for name, made in _BLOCKS.items():
        block = f"\n{made(figures).strip()}\n\n"
        before, marker, after = text.partition(_BEGIN.format(name))
        if marker:
            text = before + marker + block + _END + after.partition(_END)[2]
    return text


def _sets(figures: Figures, kind: str | None = None) -> list[Mapping[str, Any]]:
    """The sets that were scored, the seeds first."""
    found = [s for s in figures["sets"] if not s.get("skipped") and kind in (None, s["kind"])]
    return sorted(found, key=lambda s: (s["name"] != "seeds", s["name"]))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> str:
    """Return a table in Markdown; columns after the first `left` are set to the right."""
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    lines = [head, rule, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(score: Mapping[str, float | None] | None) -> str:
    if not score:
        return ""
    if "count" in score:
        return f"{score['count']:g}"
    if "accuracy" in score:
        return (
            "–" if score["accuracy"] is None else f"**{_short(score['accuracy'])}** of {score['n']}"
        )
    return f"**{_short(score['f1'])}** ({_short(score['precision'])}, {_short(score['recall'])})"


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _annotated(figures: Figures) -> str:
    sets = _sets(figures, KIND)
    head = ["column", "what it asks", *(f"{s['name']} ({s['documents']})" for s in sets)]
    rows = [
        [f"`{name}`", _ASKS.get(name, ""), *(_cell(s["columns"].get(name)) for s in sets)]
        for name in MAIN_COLUMNS[KIND]
    ]
    return table(head, rows, left=2)


def _corpora(figures: Figures) -> str:
    rows = []
    for one in _sets(figures):
        if one["kind"] != KIND:
            name = f"{one['name']} ({one['documents']})"
            asks = MEANINGS.get(one["kind"], {})
            columns, peers = one["columns"].items(), one["peers"].items()
            rows += [[name, f"`{c}`", asks.get(c, ""), _cell(score)] for c, score in columns]
            rows += [[name, f"baseline: {c}", "", _cell(score)] for c, score in peers]
    return table(["set", "column", "what it asks", "score"], rows, left=3)


def _skipped(figures: Figures) -> str:
    rows = [f"* `{s['name']}`: {s['skipped']}." for s in figures["sets"] if s.get("skipped")]
    return "\n".join(rows) or "Every set that was found was scored."


def _gap(figures: Figures) -> str:
    return _causes(figures, _sets(figures, KIND))


def _corpora_gap(figures: Figures) -> str:
    return _causes(figures, [s for s in _sets(figures) if s["kind"] != KIND])


def _causes(figures: Figures, sets: Sequence[Mapping[str, Any]]) -> str:
    """One row a column, kind and cause, one column a set; the rest of a column in one row."""
    names = [s["name"] for s in sets]
    causes = figures["causes"]
    columns = list(dict.fromkeys(c for s in sets for c in s["columns"] if c in causes[s["name"]]))
    rows: list[list[str]] = []
    for column in columns:
        for kind in ("missed", "invented", "wrong"):
            views = [causes[name].get(column, {}).get(kind, {}) for name in names]
            rows += _cause_rows(column, kind, views)
    return table(["column", "error", "why", *names], rows, left=3)


def _cause_rows(column: str, kind: str, views: Sequence[Mapping[str, int]]) -> list[list[str]]:
    total: Counter[str] = Counter()
    for view in views:
        total.update(view)
    ranked = sorted(total, key=lambda cause: (-total[cause], cause))
    shown, rest = ranked[:_SHOWN], ranked[_SHOWN:]
    rows = [
        [f"`{column}`", kind, cause, *(f"{view.get(cause, 0) or '·'}" for view in views)]
        for cause in shown
    ]
    if rest:
        sums = [sum(view.get(cause, 0) for cause in rest) for view in views]
        words = f"{len(rest)} other causes" if len(rest) > 1 else rest[0]
        rows.append([f"`{column}`", kind, words, *(f"{n or '·'}" for n in sums)])
    return rows


def commonest(figures: Figures) -> list[tuple[tuple[str, str, str], int]]:
    """Return (column, kind, cause) of the commonest errors in the annotated articles, and counts.

    A whole event is lost or invented with its mentions: of those columns, the events add only the
    causes of their own.
    """
    total: Counter[tuple[str, str, str]] = Counter()
    for one in _sets(figures, KIND):
        for column, kinds in figures["causes"][one["name"]].items():
            for kind, rows in kinds.items():
                for cause, number in rows.items():
                    total[column, kind, cause] += number
    mentions = {cause for column, _, cause in total if column == "events.mentions"}
    own = {k: n for k, n in total.items() if k[0] != "events.events" or k[2] not in mentions}
    return sorted(own.items(), key=lambda row: (-row[1], row[0]))[:_FEW]


def _errors(figures: Figures) -> str:
    examples = {(e["column"], e["kind"], e["cause"]): e for e in figures["examples"]}
    rows = []
    for number, (key, count) in enumerate(commonest(figures), 1):
        row = f"{number}. **`{key[0]}`, {key[1]}: {key[2]}** ({count} errors)"
        if one := examples.get(key):
            row += f"\n\n   > {one['sentence']}\n\n   {one['wrong']}\n   Read: {one['read']}."
        rows.append(row)
    return "\n\n".join(rows)


def _ablation(figures: Figures) -> str:
    """Hundredths that a column loses (or gains) without a rule group: seeds / the other groups."""
    head = ["without", *(f"`{column}`" for column in _WORTH)]
    others = [s["name"] for s in _sets(figures, KIND) if s["name"] != "seeds"]
    rows = [
        [f"`{group}`", *(_pair(moves, column, others) for column in _WORTH)]
        for group, moves in figures["ablation"].items()
    ]
    return table(head, rows)


def _pair(moves: Mapping[str, Mapping[str, float]], column: str, others: Sequence[str]) -> str:
    seeds = moves.get("seeds", {}).get(column, 0.0)
    rest = [moves.get(name, {}).get(column, 0.0) for name in others]
    mean = sum(rest) / len(rest) if rest else 0.0
    return "·" if max(abs(seeds), abs(mean)) < _SMALL else f"{_move(seeds)} / {_move(mean)}"


def _move(value: float) -> str:
    return "·" if abs(value) < _SMALL else f"{100 * value:+.1f}"


def _corpora_ablation(figures: Figures) -> str:
    head = ["without", "what it is", *(f"{name} `{column}`" for name, column in _CORPORA)]
    rows = []
    for group, moves in figures["ablation"].items():
        found = [
            next((m.get(c, 0.0) for s, m in moves.items() if s.startswith(name)), 0.0)
            for name, c in _CORPORA
        ]
        rows.append([f"`{group}`", RULE_GROUPS.get(group, ""), *map(_move, found)])
    return table(head, rows, left=2)


def _robustness(figures: Figures) -> str:
    """The column that moves most, by dress and group."""
    moves = figures["robustness"]
    groups = list(dict.fromkeys(group for rows in moves.values() for group in rows))
    rows = [
        [change, *(_largest(by_group.get(group, {})) for group in groups)]
        for change, by_group in moves.items()
    ]
    return table(["dress", *groups], rows)


def _largest(columns: Mapping[str, float]) -> str:
    losses = {name: move for name, move in columns.items() if move <= -_SMALL}
    if not losses:
        return "·"
    name = min(losses, key=lambda one: (losses[one], one))
    return f"{100 * losses[name]:+.1f} `{name}`"


_BLOCKS: dict[str, Callable[[Figures], str]] = {
    "annotated": _annotated,
    "corpora": _corpora,
    "skipped": _skipped,
    "errors": _errors,
    "gap": _gap,
    "corpora gap": _corpora_gap,
    "ablation": _ablation,
    "corpora ablation": _corpora_ablation,
    "robustness": _robustness,
}
