"""What is around a block invites wrong explanations too: other blocks and callers, policies, a chain."""

import dataclasses
import json

import pytest

from patchbay.explain.attempts import attempts
from patchbay.explain.case import Kind
from patchbay.explain.entries import ordered
from patchbay.explain.join import Joined, join
from patchbay.explain.model import Attempt, Concurrency, Entry, LogLine
from patchbay.explain.silence import before
from patchbay.live.model import Read
from tests.explain.cases import cause, facts
from tests.explain.logs import ARN, CONTACT, FAILED, INSTANCE, NOON, decorated, entry, raised, request


def _attempt(name: str, at: float, *, contact: bool = True, failed: bool = False) -> Attempt:
    inside = [decorated(name, "invocation started")] if contact else []
    (found,) = attempts(request(name, 300, *inside, at=at, more="\tStatus: error" if failed else ""))
    return found


@pytest.mark.parametrize("shift", [0.0, 0.35])
@pytest.mark.parametrize("apart", [0.5, 1.0, 3.0, 7.0])
def test_blocks_seconds_apart_keep_their_own_requests_wherever_entries_are_stamped(
    shift: float, apart: float
) -> None:
    blocks = [entry(NOON + n * apart + shift, limit=8000) for n in range(3)]
    own = [_attempt(f"r{n}", NOON + n * apart + 0.01) for n in range(3)]
    assert [[a.request for a in part.attempts] for part in join(blocks, own)] == [["r0"], ["r1"], ["r2"]]


def test_a_failed_block_between_two_that_answered_gets_the_failed_requests() -> None:
    blocks = [entry(NOON), entry(NOON + 2, FAILED), entry(NOON + 4)]
    own = [
        _attempt("r0", NOON + 0.01),
        *(_attempt(f"f{n}", NOON + 2.01 + n * 0.4, failed=True) for n in range(4)),
        _attempt("r2", NOON + 4.01),
    ]
    _, failed, _ = join(blocks, own)
    assert [a.request for a in failed.attempts] == ["f0", "f1", "f2", "f3"]


def test_requests_of_two_callers_at_once_are_nobodys_where_none_names_its_contact() -> None:
    theirs = [
        _attempt("r1", NOON, contact=False, failed=True),
        _attempt("r2", NOON + 0.1, contact=False, failed=True),
    ]
    (found,) = join([entry(NOON + 1, FAILED)], theirs)
    assert (found.attempts, len(found.nameless)) == ((), 2)


def test_a_success_of_that_time_before_a_failure_is_another_callers() -> None:
    theirs = [_attempt("r1", NOON, contact=False), _attempt("r2", NOON + 0.5, contact=False, failed=True)]
    (found,) = join([entry(NOON + 1, FAILED)], theirs)
    assert found.attempts == ()
    assert cause(joined=found).sentence.startswith("could not tell")


def test_connects_clock_may_differ_from_that_of_the_logs() -> None:
    late = dataclasses.replace(entry(NOON + 0.3), written=NOON + 45)
    (found,) = join([late], [_attempt("r1", NOON)])
    assert [a.request for a in found.attempts] == ["r1"]


def test_entries_are_put_in_order_and_need_no_identifier() -> None:
    def line(second: int, **more: object) -> LogLine:
        told = {"ContactId": CONTACT, "ContactFlowModuleType": "PlayPrompt", **more}
        stamp = f"2026-01-31T12:00:{second:02}.000Z"
        return LogLine(NOON + 59 - second, json.dumps({**told, "Timestamp": stamp}), id=str(second))

    found = ordered([line(2), line(0, Identifier=None), line(1, Parameters=None)], "americas", CONTACT)
    assert [(each.at, each.block) for each in found] == [(NOON, ""), (NOON + 1, ""), (NOON + 2, "")]


def test_a_thousand_blocks_are_joined_one_by_one() -> None:
    blocks: list[Entry] = [
        entry(NOON + n * 3, FAILED if n % 7 == 0 else None, limit=1000) for n in range(1000)
    ]
    own = [_attempt(f"r{n}", NOON + n * 3 - 0.4, failed=n % 7 == 0) for n in range(1000)]
    assert [[a.request for a in part.attempts] for part in join(blocks, own)] == [
        [f"r{n}"] for n in range(1000)
    ]


def test_a_reserved_concurrency_is_not_the_only_reason_to_throttle() -> None:
    throttled = "Status Code: 429; Error Code: TooManyRequestsException"
    found = cause(results=throttled, facts=facts(concurrency=Concurrency(Read(5), Read(1000), Read(1.0))))
    assert not found.certain
    assert "either as many requests ran at that moment, or 50 came within a second" in found.sentence


DENIED = "Status Code: 403; Error Code: AccessDeniedException"


def _allowing(sid: str, instance: str) -> dict[str, object]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": ARN,
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": "111122223333"},
            "ArnLike": {"AWS:SourceArn": instance},
        },
    }


def test_right_statements_of_other_instances_are_not_called_wrong() -> None:
    others = [_allowing(f"of-{n}", INSTANCE[:-1] + str(n)) for n in range(3)]
    found = cause(results=DENIED, facts=facts(policy=Read({"Statement": others})))
    assert (
        "no statement fits, the nearest of 3 in this: the instance's ARN of statement 'of-0'"
        in found.sentence
    )


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ({"configuration": Read(None)}, "has no function patchbay-dev-tutorial in us-west-2 now"),
        ({"leads_to": Read(None)}, "it has no alias or version live now"),
    ],
)
def test_a_refusal_for_what_is_not_there_says_so(gone: dict[str, object], words: str) -> None:
    found = cause(results=DENIED, facts=facts(policy=Read(None), **gone))
    assert found.kind is Kind.ACCESS_DENIED
    assert found.sentence.endswith(f"{words}, and what is not there has no policy")


def test_functions_before_a_block_do_not_make_a_handlers_error_a_chains() -> None:
    found = cause(raised("r1", 500), chain_ms=19_700.0, limit=8000)
    assert found.kind is Kind.RAISED


def test_a_chain_that_was_found_by_time_is_not_certain() -> None:
    joined = Joined(attempts(request("r1", 500)), by_time=True)
    found = cause(joined=joined, chain_ms=19_700.0, limit=8000)
    assert (found.kind, found.certain) == (Kind.CHAIN_LIMIT, False)


@pytest.mark.parametrize(
    ("kind", "after", "chained"),
    [("SetAttributes", 1, 1), ("PlayPrompt", 1, 0), ("SomethingNew", 1, 0), ("SetAttributes", 3600, 0)],
)
def test_a_chain_goes_on_only_over_blocks_that_take_no_time(kind: str, after: int, chained: int) -> None:
    """Music on hold, a queue or an agent need not be in the flow log."""
    entries = [entry(NOON), entry(NOON + after, kind=kind), entry(NOON + after + 1)]
    assert len(before(entries, entries[-1])) == chained
