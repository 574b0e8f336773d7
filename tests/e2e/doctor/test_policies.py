"""One thing wrong with a resource policy: exactly one check reports it, and what it proposes mends it."""

import contextlib
from collections.abc import Iterator

from patchbay.doctor.model import Status
from patchbay.naming import LIVE
from tests.e2e import reads
from tests.e2e.by_hand import allow, lambda_of
from tests.e2e.doctor.conftest import Doctor

TUTORIAL = ("us-west-2", "tutorial")
GONE = "arn:aws:connect:us-east-1:000000000000:instance/99999999-2222-3333-4444-555555555555"


def _ids(doctor: Doctor) -> list[str]:
    found = reads.statements(doctor.deployed.aws, doctor.deployed.environment, *TUTORIAL, LIVE)
    return [statement["Sid"] for statement in found]


def _take_away(doctor: Doctor) -> str:
    """The permission that the stack made; gives its id."""
    client, name = lambda_of(doctor.deployed, TUTORIAL)
    (sid,) = _ids(doctor)
    client.remove_permission(FunctionName=name, StatementId=sid, Qualifier=LIVE)
    return sid


@contextlib.contextmanager
def _further_statements(doctor: Doctor, **wanted: str) -> Iterator[None]:
    """Statements with another principal, by their id, without any condition."""
    client, name = lambda_of(doctor.deployed, TUTORIAL)
    for sid, principal in wanted.items():
        client.add_permission(
            FunctionName=name,
            StatementId=sid,
            Action="lambda:InvokeFunction",
            Principal=principal,
            Qualifier=LIVE,
        )
    try:
        yield
    finally:
        for sid in wanted.keys() & _ids(doctor):
            client.remove_permission(FunctionName=name, StatementId=sid, Qualifier=LIVE)


def test_a_missing_permission_is_put_back_under_its_own_id(doctor: Doctor) -> None:
    sid = _take_away(doctor)
    finding = doctor.finds_only("permission")
    assert finding.status is Status.FAIL
    assert finding.place.label == "tutorial in us-west-2 for americas"
    doctor.mends(finding)
    assert _ids(doctor) == [sid]
    assert doctor.finds() == {}


def test_a_permission_for_another_account_is_told_apart_and_then_taken_away(doctor: Doctor) -> None:
    sid = _take_away(doctor)
    allow(doctor.deployed, TUTORIAL, "by-hand", SourceAccount="444455556666")
    finding = doctor.finds_only("permission")
    assert "statement by-hand asks for account 444455556666, but instance americas is in 000000000000" in (
        finding.sentence
    )
    doctor.mends(finding)
    left = doctor.finds_only("gone-instances")
    assert "it lets nobody in" in left.sentence
    doctor.mends(left)
    assert _ids(doctor) == [sid]
    assert doctor.finds() == {}


def test_a_permission_changed_under_its_own_id_is_removed_first(doctor: Doctor) -> None:
    sid = _take_away(doctor)
    allow(doctor.deployed, TUTORIAL, sid, SourceArn=GONE)
    finding = doctor.finds_only("permission")
    assert f"asks for {GONE}, not {doctor.deployed.instance.arn}" in finding.sentence
    assert finding.mend is None
    doctor.types(finding.fix.partition("; then:")[0])
    doctor.mends(doctor.finds_only("permission"))
    assert _ids(doctor) == [sid]
    assert doctor.finds() == {}


def test_a_permission_on_the_function_instead_of_its_alias_is_reported_once(doctor: Doctor) -> None:
    _take_away(doctor)
    allow(doctor.deployed, TUTORIAL, "by-hand", Qualifier="")
    finding = doctor.finds_only("permission")
    assert "not for the alias live" in finding.sentence
    doctor.mends(finding)
    doctor.types(doctor.finds_only("bare-permission").fix.partition(": ")[2])
    assert doctor.finds() == {}


def test_a_statement_for_an_instance_that_is_gone_is_removed(doctor: Doctor) -> None:
    allow(doctor.deployed, TUTORIAL, "by-hand", SourceArn=GONE)
    finding = doctor.finds_only("gone-instances")
    assert (finding.status, "an instance that is gone" in finding.sentence) == (Status.WARN, True)
    doctor.mends(finding)
    assert doctor.finds() == {}


def test_a_permission_on_the_function_beside_that_on_the_alias_is_removed(doctor: Doctor) -> None:
    allow(doctor.deployed, TUTORIAL, "by-hand", Qualifier="")
    finding = doctor.finds_only("bare-permission")
    assert finding.status is Status.WARN
    doctor.types(finding.fix.partition(": ")[2])
    assert doctor.finds() == {}


def test_a_statement_without_conditions_is_reported_with_the_command_that_removes_it(doctor: Doctor) -> None:
    with _further_statements(doctor, wide="connect.amazonaws.com"):
        finding = doctor.finds_only("open-statements")
        assert "it names no SourceAccount" in finding.sentence
        doctor.types(finding.fix)
        assert doctor.finds() == {}


def test_a_policy_with_little_room_is_reported_until_statements_go(doctor: Doctor) -> None:
    accounts = {f"account-{at}": f"{at:012}" for at in range(1, 71)}
    with _further_statements(doctor, **accounts):
        finding = doctor.finds_only("policy-size")
        assert finding.status is Status.WARN
        assert "71 statements" in finding.sentence
        assert len(doctor.types(finding.fix.partition("; then")[0])["Policy"]) > 14_000
    assert doctor.finds() == {}
