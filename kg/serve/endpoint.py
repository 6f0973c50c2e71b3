"""The SPARQL endpoint: `/sparql`, as the protocol has it, and a page for people."""

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotAcceptableError
from kg.serve.cells import Table, read_table
from kg.serve.description import describe_service
from kg.serve.limits import Answer, Question
from kg.serve.log import note_query
from kg.serve.negotiate import GRAPHS, HTML, OFFERED, RESULTS, named_format, rank
from kg.serve.pages import page
from kg.serve.protocol import Operation, read_operation
from kg.serve.refusals import HttpRefusedError
from kg.serve.security import check_token
from kg.serve.site import (
    BODY_SECONDS,
    ask_while_there,
    is_known,
    send_body,
    site_of,
    tag_of,
    unchanged,
)
from kg.vocabulary import PREFIXES

_FOR_PAGE = (RESULTS["json"], GRAPHS["ttl"])
_MOST_ROWS = 1_000  # on a page
_MOST_CHARACTERS = 200_000  # of a graph on a page
_NO_CONTENT = 204


async def answer_sparql(request: Request) -> Response:
    """Answer a request of the SPARQL 1.1 Protocol.

    Raises:
        KgError: as the protocol's reading and the pool say; the app makes answers of them.
    """
    site = site_of(request)
    limit = site.limits.request_bytes
    operation = await read_operation(request, most_bytes=limit, seconds=BODY_SECONDS)
    if operation is None:
        return await _tell_about(request)
    note_query(request.scope, operation.sparql, operation.kind)
    if len(operation.sparql.encode("utf-8", "surrogatepass")) > limit:
        raise HttpRefusedError(413, f"a text of more than {limit:,} bytes is refused")
    if operation.kind == "update":
        return await _update(request, operation)
    return await _query(request, operation)


async def _query(request: Request, operation: Operation) -> Response:
    forms = _forms(request, operation)
    for_page = bool(forms) and forms[0] == HTML
    accept = _FOR_PAGE if for_page else tuple(form for form in forms if form != HTML)
    base = endpoint_of(request)
    question = Question(
        sparql=operation.sparql,
        kind="query",
        accept=accept,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=base,
    )
    return await send_answer(request, question, for_page=for_page)


async def send_answer(request: Request, question: Question, *, for_page: bool) -> Response:
    """Ask, and return the answer: 304 where the client has it, a page where it wants one."""
    site = site_of(request)
    parts = (question, for_page)
    tag = tag_of(site, site.generation(), *parts)
    if tag is not None and is_known(request, tag):
        return unchanged(tag)
    answer = await ask_while_there(request, question)
    if answer is None:
        return Response(status_code=499)
    if for_page:
        return _page(request, question, answer)
    tag = tag_of(site, answer.generation, *parts)
    return await send_body(request, answer.body, answer.media_type, tag=tag)


async def _update(request: Request, operation: Operation) -> Response:
    site = site_of(request)
    check_token(request, site.token)
    question = Question(
        sparql=operation.sparql,
        kind="update",
        accept=(),
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=endpoint_of(request),
    )
    await site.ask(question)
    return Response(status_code=_NO_CONTENT, headers={"Cache-Control": "no-store"})


def endpoint_of(request: Request) -> str:
    """Return the IRI of the endpoint as the client has reached it; also the base of its queries."""
    return f"{request.url.scheme}://{request.url.netloc}/sparql"


def wanted_forms(request: Request, offered: tuple[str, ...], named: str | None) -> tuple[str, ...]:
    """Return the acceptable media types of those offered, best first.

    Args:
        request: whose Accept header counts where no form is named.
        offered: in the server's order.
        named: short name or media type, which comes before the header.

    Raises:
        QueryError: no such form.
        NotAcceptableError: none of those offered.
    """
    if named:
        wanted = named_format(named)
        forms = tuple(form for form in wanted if form in offered)
    else:
        forms = rank(request.headers.get("accept"), offered)
    if not forms:
        raise NotAcceptableError(f"none of the forms asked for; there are: {', '.join(offered)}")
    return forms


def _forms(request: Request, operation: Operation) -> tuple[str, ...]:
    return wanted_forms(request, (*OFFERED, HTML), operation.form)


async def _tell_about(request: Request) -> Response:
    """Return the service description, or the page with the form."""
    site = site_of(request)
    named = request.query_params.get("format")
    form = wanted_forms(request, (*GRAPHS.values(), HTML), named)[0]
    if form == HTML:
        return _form_page(request)
    endpoint = endpoint_of(request)
    updates = site.token is not None
    tag = tag_of(site, 0, "description", endpoint, form, updates)
    if tag is not None and is_known(request, tag):
        return unchanged(tag)
    body = describe_service(endpoint, form, base=site.base, updates=updates)
    return await send_body(request, body, form, tag=tag)


def _page(request: Request, question: Question, answer: Answer) -> Response:
    if answer.media_type == GRAPHS["ttl"]:
        words = answer.body[: 4 * _MOST_CHARACTERS].decode("utf-8", "replace")
        cut = " …" if len(words) > _MOST_CHARACTERS else ""
        return _form_page(request, question.sparql, graph=words[:_MOST_CHARACTERS] + cut)
    table = read_table(site_of(request), answer.body)
    return _form_page(request, question.sparql, table=table)


def _form_page(
    request: Request, sparql: str = "", *, table: Table | None = None, graph: str = ""
) -> Response:
    total = 0
    if table is not None:
        total = len(table.rows)
        table = Table(columns=table.columns, rows=table.rows[:_MOST_ROWS], truth=table.truth)
    return page(
        "sparql.html",
        sparql=sparql
        or "SELECT * WHERE {\n  ?claim a schema:Claim ; schema:text ?words\n} LIMIT 20",
        forms=("html", *RESULTS, *GRAPHS),
        endpoint=endpoint_of(request),
        prefixes=tuple(PREFIXES),
        limits=site_of(request).limits,
        problem="",
        table=table,
        total=total,
        graph=graph,
    )
