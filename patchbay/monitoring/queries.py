"""Saved queries for CloudWatch Logs Insights.

Commands and functions: CloudWatch Logs user guide, "CloudWatch Logs Insights language query syntax". Fields
that begin with @: "Supported logs and discovered fields". The others are those of a flow-log entry, which
Logs Insights reads from its JSON.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from patchbay.functions import Function
from patchbay.limits import QUERY_LOG_GROUPS_MAX

_FAILED_BLOCKS = 'filter ContactFlowModuleType = "InvokeExternalResource" and ispresent(Results)'


@dataclass(frozen=True)
class Query:
    """A query and the title it is saved under."""

    title: str
    text: str
    functions: tuple[str, ...] = ()
    """Those whose logs it reads; none: the instance's flow log."""


def _query(title: str, *commands: str, remark: str = "", functions: tuple[str, ...] = ()) -> Query:
    comment = f"# {remark}\n" if remark else ""
    return Query(title, comment + "\n| ".join(commands), functions)


# A refused invocation has a RequestId in its sentence: without it, equal reasons are one row.
ERRORS = _query(
    "errors by function and reason",
    _FAILED_BLOCKS,
    'parse Results "Error Code: *;" as errorCode',
    "fields coalesce(errorCode, Results) as reason",
    "stats count(*) as blocks, count_distinct(ContactId) as contacts, max(@timestamp) as latest"
    " by Parameters.FunctionArn, reason",
    "sort blocks desc",
    "limit 100",
)

ACCESS_DENIED = _query(
    "access denied",
    _FAILED_BLOCKS + " and Results like /AccessDenied/",
    "stats count(*) as blocks, min(@timestamp) as earliest, max(@timestamp) as latest"
    " by Parameters.FunctionArn, ContactFlowName",
    "sort latest desc",
    "limit 100",
)

SLOWEST_CONTACTS = _query(
    "contacts longest in flows",
    "fields toMillis(@timestamp) as millis",
    "stats min(millis) as began, max(millis) as ended, (ended - began) / 1000 as seconds,"
    " count(Parameters.FunctionArn) as lambdaBlocks by ContactId",
    "sort seconds desc",
    "limit 50",
    remark="A flow log has no durations of blocks: this is from a contact's first entry to its last",
)

PATH = _query(
    "path of one contact",
    'filter ContactId = "PUT-THE-CONTACT-ID-HERE"',
    "fields @timestamp, ContactFlowName, ContactFlowModuleType, Identifier, Parameters.FunctionArn, Results",
    "sort @timestamp asc",
    "limit 1000",
)

FLOW_QUERIES = (ERRORS, ACCESS_DENIED, SLOWEST_CONTACTS, PATH)
"""On the instance's flow log."""

_START_TO_END = (
    'filter @type = "REPORT"',
    r"parse @message /Init Duration: (?<initMillis>[0-9.]+) ms/",
    "fields @duration + coalesce(initMillis, 0) as millis",
)
"""Duration alone leaves out a cold start, which the block waits for as well."""


def function_queries(functions: Iterable[Function]) -> tuple[Query, ...]:
    """Of one Region: its slowest runs, and those that took as long as their block may wait.

    On the functions' own logs, because a flow log calls a time limit what it calls a failed handler ("The
    Lambda Function Returned An Error."). One for each time limit; of several attempts each is a row.
    """
    by_limit: dict[int, list[str]] = defaultdict(list)
    for function in functions:
        by_limit[function.time_limit_seconds].append(function.name)
    everybody = [name for names in by_limit.values() for name in names]
    return (
        _runs("slowest runs", ("sort millis desc", "limit 50"), everybody),
        *(
            _runs(f"runs of {seconds} s and longer", _longer_than(seconds), names)
            for seconds, names in sorted(by_limit.items())
        ),
    )


def _longer_than(seconds: int) -> tuple[str, ...]:
    return f"filter millis >= {seconds * 1000}", "sort @timestamp desc", "limit 100"


def _runs(title: str, commands: tuple[str, ...], names: list[str]) -> Query:
    *filters, order, most = commands
    rest = len(names) - QUERY_LOG_GROUPS_MAX
    return _query(
        title,
        *_START_TO_END,
        *filters,
        "display @timestamp, @log, @requestId, millis",
        order,
        most,
        remark=f"A query reads {QUERY_LOG_GROUPS_MAX} log groups: {rest} were left out" if rest > 0 else "",
        functions=tuple(names[:QUERY_LOG_GROUPS_MAX]),
    )
