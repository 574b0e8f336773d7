"""Saved queries for CloudWatch Logs Insights.

Commands and functions: CloudWatch Logs user guide, "CloudWatch Logs Insights language query syntax". Fields
that begin with @: "Supported logs and discovered fields". The others are those of a flow-log entry, which
Logs Insights reads from its JSON.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from patchbay.functions import Function

_FAILED_BLOCKS = 'filter ContactFlowModuleType = "InvokeExternalResource" and ispresent(Results)'


NAMED_FUNCTIONS = 50


@dataclass(frozen=True)
class Query:
    """A query and the title it is saved under."""

    title: str
    text: str


def _query(title: str, *commands: str, remark: str = "") -> Query:
    comment = f"# {remark}\n" if remark else ""
    return Query(title, comment + "\n| ".join(commands))


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

SLOWEST_RUNS = _query(
    "slowest runs of functions",
    *_START_TO_END,
    "display @timestamp, @log, @requestId, millis",
    "sort millis desc",
    "limit 50",
    remark="On the log groups of functions, which you choose; another Region has its own",
)


def timeouts(functions: Iterable[Function]) -> tuple[Query, ...]:
    """Runs that took as long as their block may wait: one query for each time limit.

    For log groups of functions, because a flow log calls a time limit what it calls a failed handler ("The
    Lambda Function Returned An Error."). Of several attempts each is a row.
    """
    by_limit: dict[int, list[str]] = defaultdict(list)
    for function in functions:
        by_limit[function.time_limit_seconds].append(function.name)
    return tuple(
        _query(
            f"runs of {seconds} s and longer",
            *_START_TO_END,
            f"filter millis >= {seconds * 1000}",
            "display @timestamp, @log, @requestId, millis",
            "sort @timestamp desc",
            "limit 100",
            remark=f"On the log groups of: {_enumeration(names)}",
        )
        for seconds, names in sorted(by_limit.items())
    )


def _enumeration(names: list[str]) -> str:
    """Short: a query has 10,000 characters at most (CloudWatch Logs API reference, PutQueryDefinition)."""
    rest = len(names) - NAMED_FUNCTIONS
    return ", ".join(names[:NAMED_FUNCTIONS]) + (f" and {rest} more of this time limit" if rest > 0 else "")
