"""The failures of a period, grouped."""

import dataclasses
from collections.abc import Sequence

from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.investigation import Explained
from patchbay.explain.model import Target
from patchbay.explain.recent import groups
from tests import few_samples
from tests.explain.cases import case
from tests.explain.logs import NOON, entry, request


def _explained(
    kind: Kind = Kind.RAISED, at: float = NOON, contact: str = "c", name: str = "patchbay-local-tutorial"
) -> Explained:
    arn = f"arn:aws:lambda:us-west-2:000000000000:function:{name}:live"
    known: Case = dataclasses.replace(
        case(request("r1")), entry=entry(at, "failed", arn=arn, contact=contact), target=Target.parse(arn)
    )
    return Explained(known, None, Cause(kind, f"because of {contact}"))


def _groups(*found: Explained) -> Sequence[tuple[object, ...]]:
    made = groups(few_samples.load("local"), found)
    return [(group.kind, group.function, group.count, group.contact) for group in made]


def test_failures_that_are_alike_are_one_group_with_the_latest_as_its_example() -> None:
    found = _groups(_explained(at=NOON, contact="a"), _explained(at=NOON + 2, contact="b"))
    assert found == [(Kind.RAISED, "tutorial", 2, "b")]


def test_causes_and_functions_are_told_apart_the_most_frequent_first() -> None:
    found = _groups(
        _explained(Kind.TIME_LIMIT),
        _explained(),
        _explained(at=NOON + 1),
        _explained(at=NOON + 3, name="somebody-elses"),
    )
    assert [each[0] for each in found] == [Kind.RAISED, Kind.RAISED, Kind.TIME_LIMIT]
    assert found[1][1] == "arn:aws:lambda:us-west-2:000000000000:function:somebody-elses:live"


def test_the_next_command_of_what_is_wired_wrong_is_the_doctor() -> None:
    (denied,) = groups(few_samples.load("local"), [_explained(Kind.ACCESS_DENIED)])
    (late,) = groups(few_samples.load("local"), [_explained(Kind.TIME_LIMIT, contact="x")])
    (throttled,) = groups(few_samples.load("local"), [_explained(Kind.THROTTLED)])
    assert denied.command == throttled.command == "patchbay doctor --env local"
    assert late.command == "patchbay explain x --env local"
    assert (late.region, late.version, late.first, late.last) == ("us-west-2", "3", NOON, NOON)
