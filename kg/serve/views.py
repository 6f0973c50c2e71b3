"""Pages and lists: the start, saved queries, search, and what the graph says about an IRI."""

import asyncio
import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotAcceptableError, QueryError
from kg.serve.cells import Cell, Row, ask_rows, cell_of_iri, read_table
from kg.serve.describing import Description, show_description, write_triples
from kg.serve.endpoint import endpoint_of, send_answer, wanted_forms
from kg.serve.limits import Question
from kg.serve.log import note_query
from kg.serve.negotiate import GRAPHS, HTML, RESULTS, rank
from kg.serve.pages import page
from kg.serve.refusals import HttpRefusedError
from kg.serve.resources import describe, iri_of_path, is_article, select_graph
from kg.serve.site import (
    ask_while_there,
    is_known,
    send_body,
    site_of,
    tag_of,
    unchanged,
)
from kg.store.saved import SavedQuery, find_query, list_queries
from kg.store.search import KINDS, Hit, search

_MOST_ROWS = 2_000  # on a page
_MOST_HITS = 200
_MOST_ARTICLES = 60
_SEARCH_SECONDS = 10.0
_JSON = "application/json"
_COUNTS = (
    ("schema:NewsArticle", "articles"),
    ("schema:Event", "events stated"),
    ("kg:UnconfirmedEvent", "events only told of"),
    ("schema:Claim", "claims"),
    ("schema:Observation", "figures"),
    ("schema:Person", "persons"),
    ("schema:Organization", "organisations"),
    ("schema:Place", "places"),
)
_COUNTING = f"""SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE {{
  VALUES ?class {{ {" ".join(name for name, _ in _COUNTS)} }} ?s a ?class }} GROUP BY ?class"""
_HEADLINES = f"""SELECT ?a (SAMPLE(?h) AS ?headline) (SAMPLE(?d) AS ?day) WHERE {{
  {{ SELECT ?a {{ ?a a schema:NewsArticle }} LIMIT {_MOST_ARTICLES} }}
  ?a schema:headline ?h . OPTIONAL {{ ?a schema:datePublished ?d }}
}} GROUP BY ?a ORDER BY DESC(?day) ?headline"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of something there are."""

    number: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article in a list."""

    cell: Cell
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit of a search with where it leads."""

    hit: Hit
    href: str | None
    article: str | None


async def show_start(request: Request) -> Response:
    """Return the start page: what the graph holds, and how to ask."""
    site = site_of(request)
    numbers, articles = await _overview(request)
    found = {row["class"].text: int(row["n"].value) for row in numbers if "class" in row}
    counts = [Count(number=found[name], words=words) for name, words in _COUNTS if name in found]
    total = found.get("schema:NewsArticle", 0)
    return page(
        "home.html",
        counts=counts,
        articles=[
            Headline(
                cell=cell_of_iri(site, row["a"].value, row["headline"].text), day=row["day"].text
            )
            for row in articles
        ],
        more=max(0, total - len(articles)),
        endpoint=endpoint_of(request),
        queries=list_queries(),
    )


async def _overview(request: Request) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return counts by class and headlines, counted once for each publication."""
    site, state = site_of(request), request.app.state
    generation = site.generation()
    if state.overview is None or state.overview[0] != generation:
        rows = await asyncio.gather(ask_rows(site, _COUNTING), ask_rows(site, _HEADLINES))
        state.overview = (generation, *rows)
    return state.overview[1], state.overview[2]


async def show_queries(request: Request) -> Response:
    """Return the saved queries as a page or as JSON."""
    saved = list_queries()
    if _list_form(request) == HTML:
        return page("queries.html", queries=saved)
    told = [
        {
            "name": one.name,
            "answers": one.answers,
            "parameters": [asdict(parameter) for parameter in one.parameters],
            "path": f"/queries/{one.name}",
        }
        for one in saved
    ]
    return await send_body(request, _dump(told), _JSON, tag=None)


async def answer_saved(request: Request) -> Response:
    """Return the rows of a saved query with the values given in the address.

    Raises:
        HttpRefusedError: 404, no such query; names those that are spelled alike.
        QueryError: a parameter it does not have, or a value of another kind.
    """
    name, suffix = _split_suffix(request.path_params["name"], (*RESULTS, "html"))
    saved = _find(name)
    values = _values(request)
    offered = (HTML, *RESULTS.values())
    forms = wanted_forms(
        request, (*RESULTS.values(), HTML), suffix or request.query_params.get("format")
    )
    sparql = saved.with_values(values)
    note_query(request.scope, sparql, f"queries/{saved.name}")
    for_page = forms[0] == offered[0]
    accept = (RESULTS["json"],) if for_page else tuple(f for f in forms if f != HTML)
    question = Question(
        sparql=sparql,
        kind="query",
        accept=accept,
        default_graphs=None,
        named_graphs=None,
        base=endpoint_of(request),
    )
    if not for_page:
        return await send_answer(request, question, for_page=False)
    answer = await ask_while_there(request, question)
    if answer is None:
        return Response(status_code=499)
    return _show_saved(request, saved, values, sparql, answer.body)


async def answer_search(request: Request) -> Response:
    """Return hits of a full-text search, as a page or as JSON.

    Raises:
        QueryError: no word to look for, an unknown kind, or a limit that is no number.
        HttpRefusedError: 503, others are searching.
    """
    given = request.query_params
    words, kinds = given.get("q", "")[:2_000], tuple(dict.fromkeys(given.getlist("kind")))
    limit = _limit_of(given.get("limit", "20"))
    form = _list_form(request)
    note_query(request.scope, words, "search")
    problem, hits, status = "", tuple[Hit, ...](), 200
    if words.strip() or form == _JSON:
        try:
            hits = await _search(request, words, kinds, limit)
        except QueryError as error:
            if form == _JSON:
                raise
            problem, status = str(error), 400
    if form == _JSON:
        return await send_body(request, _dump([asdict(hit) for hit in hits]), _JSON)
    return page(
        "search.html",
        status=status,
        words=words,
        kinds=KINDS,
        chosen=kinds,
        hits=[_found(request, hit) for hit in hits],
        problem=problem,
    )


async def show_resource(request: Request) -> Response:
    """Return what the graph says about the IRI that the path stands for.

    Raises:
        HttpRefusedError: 404, nothing is said about it.
    """
    site = site_of(request)
    path, suffix = _split_suffix(request.scope["path"], (*GRAPHS, "html"))
    unknown = HttpRefusedError(404, f"nothing is known about {path[:200]}")
    iri = iri_of_path(site, path)
    if iri is None:
        raise unknown
    named = suffix or request.query_params.get("format")
    form = wanted_forms(request, (*GRAPHS.values(), HTML), named)[0]
    tag = tag_of(site, site.generation(), "resource", iri, form)
    if form == HTML:
        about = await describe(site, iri)
        if about is None:
            raise unknown
        return page(
            "resource.html",
            about=about,
            path=path,
            alternates=tuple(GRAPHS.items()),
            is_article=is_article(site, iri),
        )
    if is_known(request, tag) and tag is not None:
        return unchanged(tag)
    exists, construct = select_graph(site, iri)
    if not await _ask(request, exists):
        raise unknown
    question = Question(
        sparql=construct,
        kind="query",
        accept=(form,),
        default_graphs=None,
        named_graphs=None,
        base=None,
    )
    answer = await site.ask(question)
    name = next(name for name, media_type in GRAPHS.items() if media_type == form)
    return await send_body(
        request, answer.body, form, tag=tag, headers={"Content-Location": f"{quote(path)}.{name}"}
    )


async def show_dataset(request: Request) -> Response:
    """Return the description of the dataset.

    Raises:
        HttpRefusedError: 404, the graph has no base to name it by.
        StoreError: it could not be counted.
    """
    site = site_of(request)
    if not site.base:
        raise HttpRefusedError(404, "a graph without articles has no description")
    suffix = request.path_params.get("suffix") or request.query_params.get("format")
    form = wanted_forms(request, (*GRAPHS.values(), HTML), suffix)[0]
    endpoint = endpoint_of(request)
    tag = tag_of(site, site.generation(), "dataset", endpoint, form)
    if tag is not None and is_known(request, tag):
        return unchanged(tag)
    described: Description = request.app.state.description
    triples = await described.tell(site, endpoint)
    if form == HTML:
        about = show_description(site, triples)
        return page(
            "resource.html",
            about=about,
            path="/dataset",
            alternates=tuple(GRAPHS.items()),
            is_article=False,
        )
    return await send_body(request, write_triples(triples, form), form, tag=tag)


def _show_saved(
    request: Request, saved: SavedQuery, values: Mapping[str, str], sparql: str, body: bytes
) -> Response:
    table = read_table(site_of(request), body)
    shown = type(table)(columns=table.columns, rows=table.rows[:_MOST_ROWS], truth=table.truth)
    return page(
        "query.html",
        saved=saved,
        values=values,
        sparql=sparql,
        table=shown,
        total=len(table.rows),
        forms=tuple(RESULTS),
        suffix=f"?{urlencode(values)}" if values else "",
    )


def _find(name: str) -> SavedQuery:
    names = [saved.name for saved in list_queries()]
    if name in names:
        return find_query(name)
    near = difflib.get_close_matches(name[:100], names, n=3, cutoff=0.5)
    hint = f"; near it are: {', '.join(near)}" if near else "; /queries lists those there are"
    raise HttpRefusedError(404, f"no saved query {name[:100]!r}{hint}")


def _values(request: Request) -> dict[str, str]:
    values = dict[str, str]()
    for name, value in request.query_params.multi_items():
        if name == "format":
            continue
        if name in values:
            raise QueryError(f"{name[:100]} is given more than once")
        values[name[:100]] = value
    return values


def _split_suffix(path: str, known: tuple[str, ...]) -> tuple[str, str | None]:
    match = re.fullmatch(rf"(.+)\.({'|'.join(known)})", path)
    return (match[1], match[2]) if match else (path, None)


def _list_form(request: Request) -> str:
    """Return in which form a list is wanted: a page or JSON."""
    given = request.query_params.get("format")
    if given is not None:
        named = {"html": HTML, "json": _JSON}
        if given not in named:
            raise QueryError(f"format={given[:40]}: there are html, json")
        return named[given]
    forms = rank(request.headers.get("accept"), (_JSON, HTML))
    if not forms:
        raise NotAcceptableError(f"none of the forms asked for; there are: {_JSON}, {HTML}")
    return forms[0]


def _limit_of(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= _MOST_HITS:
        raise QueryError(f"limit={text[:40]}: a number from 1 to {_MOST_HITS}")
    return int(text)


async def _search(
    request: Request, words: str, kinds: tuple[str, ...], limit: int
) -> tuple[Hit, ...]:
    lane: asyncio.Semaphore = request.app.state.searching
    try:
        async with asyncio.timeout(_SEARCH_SECONDS), lane:
            return await asyncio.to_thread(search, site_of(request).location, words, kinds, limit)
    except TimeoutError:
        raise HttpRefusedError(
            503, "too many are searching; try again soon", headers={"Retry-After": "5"}
        ) from None


def _found(request: Request, hit: Hit) -> Found:
    site = site_of(request)
    return Found(
        hit=hit,
        href=cell_of_iri(site, hit.iri).href,
        article=site.local(hit.article) if hit.article and hit.article != hit.iri else None,
    )


async def _ask(request: Request, sparql: str) -> bool:
    question = Question(
        sparql=sparql,
        kind="query",
        accept=(RESULTS["json"],),
        default_graphs=None,
        named_graphs=None,
        base=None,
    )
    answer = await site_of(request).ask(question)
    return bool(json.loads(answer.body)["boolean"])


def _dump(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
