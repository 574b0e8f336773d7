"""Stub files."""

import json
from pathlib import Path

import pytest

from patchbay.errors import UserError
from patchbay.simulator import stubs
from patchbay.simulator.functions import Reply
from patchbay.simulator.policies import Request, refusal
from tests.simulator.world import ALIAS, INSTANCE, FakeFunctions, answer


def replies(content: object, count: int = 1) -> list[Reply]:
    functions = stubs.StubFunctions({"lookup": stubs.parse(content, "x.json")})
    return [functions.invoke(ALIAS, "stub", b"", 8) for _ in range(count)]


def test_a_plain_file_is_the_response() -> None:
    assert replies({"status": "ok"}) == [Reply(200, 0, b'{"status": "ok"}')]
    assert replies(["a list"]) == [Reply(200, 0, b'["a list"]')]


def test_a_stub_says_how_the_function_behaves() -> None:
    assert replies({"$stub": {"delay_ms": 900, "response": {}}}) == [Reply(200, 900, b"{}")]
    assert replies({"$stub": {"throttle": True}})[0].status == 429
    assert replies({"$stub": {"status": 503}})[0].status == 503
    failed = replies({"$stub": {"error": "no table"}})[0]
    assert (failed.function_error, json.loads(failed.payload)["errorMessage"]) == ("Unhandled", "no table")


def test_responses_come_in_turn_and_the_last_repeats() -> None:
    given = replies({"$stub": {"responses": [{"$stub": {"throttle": True}}, {"n": "1"}]}}, count=3)

    assert [(r.status, r.payload) for r in given] == [
        (429, b"null"),
        (200, b'{"n": "1"}'),
        (200, b'{"n": "1"}'),
    ]


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("lookup", ALIAS),
        (ALIAS, ALIAS),
        (ALIAS.removesuffix(":live"), ALIAS),
        ("lookup", "{{function:lookup}}"),
        ("lookup", "{{function:lookup:fallback}}"),
        ("{{lambdas.lookup.arn}}", "{{lambdas.lookup.arn}}"),
        ("PUT ARN HERE", "PUT ARN HERE"),
        ("$.Attributes.ARN", "$.Attributes.ARN"),
    ],
)
def test_a_stub_matches_by_name_arn_or_what_the_flow_says(key: str, named: str) -> None:
    functions = stubs.StubFunctions({key: stubs.parse({}, "x.json")})

    assert functions.route(named) == {"stub": 1.0}
    assert refusal(functions.policy(named), Request(named, INSTANCE)) is None


def test_what_has_no_stub_goes_to_the_other_functions() -> None:
    other = FakeFunctions([answer({"from": "aws"})])
    functions = stubs.StubFunctions({"another": stubs.parse({}, "x.json")}, other)

    assert functions.route(ALIAS) == other.weights
    assert functions.policy(ALIAS) == other.document
    assert functions.invoke(ALIAS, "3", b"{}", 8) == answer({"from": "aws"})


def test_without_other_functions_a_missing_stub_is_an_error() -> None:
    functions = stubs.StubFunctions({})

    with pytest.raises(stubs.NoStubError):
        functions.route(ALIAS)
    with pytest.raises(stubs.NoStubError):
        functions.invoke(ALIAS, "stub", b"", 8)


def test_options_name_function_and_file(tmp_path: Path) -> None:
    file = tmp_path / "a=b.json"
    file.write_text('{"x": "y"}')
    plain = file.rename(tmp_path / "lookup.json")

    functions = stubs.load([f"{ALIAS}={plain}"])

    assert functions.invoke(ALIAS, "stub", b"", 8).payload == b'{"x": "y"}'


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [
        ("lookup", None, "FUNCTION=FILE.json"),
        ("=x.json", None, "FUNCTION=FILE.json"),
        ("lookup=nowhere.json", None, "cannot read nowhere.json"),
        ("lookup={file}", "{", "is not JSON"),
        ("lookup={file}", '{"$stub": {"delay": 1}}', "delay_ms"),
        ("lookup={file}", '{"$stub": {"delay_ms": -1}}', "delay_ms"),
        ("lookup={file}", '{"$stub": 5}', "allowed are"),
    ],
)
def test_a_wrong_option_or_file_is_one_sentence(
    tmp_path: Path, option: str, content: str | None, said: str
) -> None:
    file = tmp_path / "stub.json"
    file.write_text(content or "")

    with pytest.raises(UserError, match=said.replace("$", r"\$")):
        stubs.load([option.format(file=file)])
