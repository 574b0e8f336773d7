"""Saved queries use what Logs Insights has, and fields that the logs have."""

import inspect
import re

import pytest

from patchbay.limits import QUERY_LOG_GROUPS_MAX
from patchbay.monitoring.queries import FLOW_QUERIES, Query, function_queries
from patchbay.simulator import flowlog
from tests import few_samples
from tests.monitoring.insights import OF_FLOW_LOG, OF_LAMBDA, commands, unknown

LAMBDA_QUERIES = function_queries(few_samples.load("local").functions.values())
QUERIES = [(query, OF_FLOW_LOG) for query in FLOW_QUERIES] + [(query, OF_LAMBDA) for query in LAMBDA_QUERIES]


@pytest.mark.parametrize(("query", "fields"), QUERIES, ids=[query.title for query, _ in QUERIES])
def test_a_query_uses_known_commands_functions_and_fields(query: Query, fields: set[str]) -> None:
    assert unknown(query.text, fields) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("filter requestid = 1", ["requestid"]),
        ("fields @timestamp\n| dedup ContactId", ["dedup"]),
        ("stats avg(@duration)", ["avg"]),
        ("# a remark with words\nlimit 3", []),
    ],
)
def test_what_logs_insights_does_not_have_is_found(text: str, named: list[str]) -> None:
    assert unknown(text, OF_LAMBDA) == named


@pytest.mark.parametrize(("query", "_fields"), QUERIES, ids=[query.title for query, _ in QUERIES])
def test_a_query_says_how_many_rows_it_wants(query: Query, _fields: set[str]) -> None:
    assert commands(query.text)[-1].startswith("limit ")


def test_the_fields_of_flow_log_queries_are_those_that_are_written() -> None:
    written = set(re.findall(r'"(\w+)":', inspect.getsource(flowlog.entry)))
    assert {field.partition(".")[0] for field in OF_FLOW_LOG} - {"Results"} <= written


def test_every_time_limit_has_its_query_on_the_logs_of_its_functions() -> None:
    environment = few_samples.load("local")
    slowest, *found = function_queries(environment.functions.values())
    limits = {function.time_limit_seconds for function in environment.functions.values()}
    assert [query.title for query in found] == [
        f"runs of {seconds} s and longer" for seconds in sorted(limits)
    ]
    for function in environment.functions.values():
        mine = next(q for q in found if q.title.startswith(f"runs of {function.time_limit_seconds} s"))
        assert function.name in mine.functions
        assert f"millis >= {function.time_limit_seconds * 1000}" in mine.text
        assert function.name in slowest.functions


def test_a_query_reads_as_many_log_groups_as_it_may_and_says_how_many_it_leaves_out() -> None:
    function = next(iter(few_samples.load("local").functions.values()))
    many = [function.model_copy(update={"name": f"f{number}"}) for number in range(53)]
    for query in function_queries(many):
        assert len(query.functions) == QUERY_LOG_GROUPS_MAX
        assert query.text.startswith("# A query reads 50 log groups: 3 were left out")


def test_equal_refusals_are_one_row_though_each_has_its_request_id() -> None:
    query = next(q for q in FLOW_QUERIES if q.title.startswith("errors"))
    parse = next(command for command in commands(query.text) if command.startswith("parse"))
    glob = re.search(r'"(.+)"', parse)
    assert glob is not None
    pattern = re.escape(glob[1]).replace(r"\*", "(.*?)")
    refused = "Status Code: 403; Error Code: AccessDeniedException; RequestId: 1b2c"
    found = re.search(pattern, refused)
    assert found is not None
    assert found[1] == "AccessDeniedException"
    assert re.search(pattern, flowlog.FUNCTION_FAILED) is None
