"""One thing wrong with an alias or its versions: one check reports it, and what it proposes mends it."""

import contextlib
import time
from collections.abc import Iterator

from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.routing import Routing
from patchbay.doctor.model import Status
from patchbay.naming import LIVE, PREVIOUS
from tests.e2e import reads
from tests.e2e.by_hand import kept, lambda_of, move, publish
from tests.e2e.doctor.conftest import Doctor

TUTORIAL = ("us-west-2", "tutorial")
SITE = "tutorial --env local --region us-west-2"


@contextlib.contextmanager
def _as_it_was(doctor: Doctor) -> Iterator[str]:
    """Gives the version that callers are on; afterwards alias, record and versions are what they were."""
    client, name = lambda_of(doctor.deployed, TUTORIAL)
    before = client.get_alias(FunctionName=name, Name=LIVE)
    with kept(doctor.deployed, TUTORIAL):
        yield before["FunctionVersion"]
        with contextlib.suppress(client.exceptions.ResourceNotFoundException):
            client.delete_alias(FunctionName=name, Name=PREVIOUS)
        client.update_alias(FunctionName=name, Name=LIVE, Description=before["Description"])


def test_an_alias_that_was_deleted_is_made_again_and_then_its_permission(doctor: Doctor) -> None:
    client, name = lambda_of(doctor.deployed, TUTORIAL)
    deployed = doctor.deployed
    before = client.get_alias(FunctionName=name, Name=LIVE)
    # AWS deletes the policy with its alias, the embedded AWS does not.
    (statement,) = reads.statements(deployed.aws, deployed.environment, *TUTORIAL, LIVE)
    client.remove_permission(FunctionName=name, StatementId=statement["Sid"], Qualifier=LIVE)
    client.delete_alias(FunctionName=name, Name=LIVE)
    finding = doctor.finds_only("alias-exists")
    assert finding.status is Status.FAIL
    doctor.types(finding.fix.partition("; then")[0])
    doctor.mends(doctor.finds_only("permission"))
    assert doctor.finds() == {}
    client.update_alias(FunctionName=name, Name=LIVE, Description=before["Description"])


def test_a_split_made_by_hand_is_ended_by_the_proposed_command(doctor: Doctor) -> None:
    with _as_it_was(doctor) as version:
        candidate = publish(doctor.deployed, TUTORIAL, marker="")
        move(doctor.deployed, TUTORIAL, version, **{f"v{candidate}": 0.2})
        finding = doctor.finds_only("weights")
        assert (finding.status, "somebody did that by hand" in finding.sentence) == (Status.WARN, True)
        doctor.types(finding.fix.partition(", or")[0])
        assert reads.read_live(doctor.deployed.aws, doctor.deployed.environment, *TUTORIAL).routing == (
            version,
            {},
        )
        assert doctor.finds() == {}


def test_a_release_that_nobody_works_on_is_ended_by_the_proposed_command(doctor: Doctor) -> None:
    client, name = lambda_of(doctor.deployed, TUTORIAL)
    with _as_it_was(doctor) as version:
        candidate = publish(doctor.deployed, TUTORIAL, marker="")
        progress = Progress(Phase.SHIFT, int(time.time()))
        record = Record("", "f" * 16, (Release(candidate, Routing(version)),), progress=progress)
        move(doctor.deployed, TUTORIAL, version, **{f"v{candidate}": 0.2})
        client.update_alias(FunctionName=name, Name=LIVE, Description=record.description())
        finding = doctor.finds_only("weights")
        assert "no execution works on it" in finding.sentence
        doctor.types(finding.fix.partition("end it now: ")[2])
        assert doctor.finds() == {}


def test_a_watch_without_the_way_back_is_reported_and_a_release_that_goes_on_is_not(doctor: Doctor) -> None:
    client, name = lambda_of(doctor.deployed, TUTORIAL)
    with _as_it_was(doctor):
        publish(doctor.deployed, TUTORIAL, marker="# another")
        doctor.types(f"patchbay release start {SITE} --force")
        assert doctor.finds() == {}
        doctor.types(f"patchbay release promote {SITE} --force")
        assert doctor.finds() == {}
        client.delete_alias(FunctionName=name, Name=PREVIOUS)
        finding = doctor.finds_only("rollback-version")
        assert finding.status is Status.WARN
        doctor.types(finding.fix)
        assert doctor.finds() == {}
        doctor.types(f"patchbay release abort {SITE}")
        assert doctor.finds() == {}
