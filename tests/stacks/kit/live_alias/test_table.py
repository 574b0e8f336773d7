"""Each row of the decision table."""

import pytest

from live_alias.errors import LiveAliasError
from live_alias.record import FINGERPRINT_CHARS, Record
from tests.stacks.kit.live_alias.world import PHYSICAL_ID, Stack, fingerprint


def test_create_makes_an_absent_alias_at_the_candidate(stack: Stack) -> None:
    answer = stack.create()

    assert stack.live == ("1", {})
    assert stack.previous is None
    assert answer == {
        "PhysicalResourceId": PHYSICAL_ID,
        "Data": {"AliasArn": PHYSICAL_ID, "Version": "1", "Note": "created at version 1"},
    }


def test_create_makes_it_at_the_candidate_with_canary_too(stack: Stack) -> None:
    stack.strategy = "canary"

    stack.create()

    assert stack.live == ("1", {})


def test_create_adopts_an_existing_alias_and_releases_from_where_it_is(stack: Stack) -> None:
    first, second, candidate = (stack.service.publish() for _ in range(3))
    stack.service.by_hand("live", second, {first: 0.25})

    stack.create(candidate)

    assert stack.live == (candidate, {})
    assert stack.previous == second


def test_create_with_canary_adopts_an_existing_alias_and_leaves_it_there(stack: Stack) -> None:
    first, second = stack.service.publish(), stack.service.publish()
    stack.service.by_hand("live", first)
    stack.strategy = "canary"

    stack.create(second)

    assert stack.live == (first, {})


def test_a_newer_candidate_takes_every_call_at_once(stack: Stack) -> None:
    stack.create()

    answer = stack.deploy()

    assert stack.live == ("2", {})
    assert stack.previous == "1"
    assert answer["PhysicalResourceId"] == PHYSICAL_ID
    assert answer["Data"]["Version"] == "2"
    assert answer["Data"]["Note"] == "moved from version 1 to version 2"


def test_a_release_from_a_split_alias_keeps_the_version_that_carried_most_calls(stack: Stack) -> None:
    stack.create()
    stack.deploy()
    stack.deploy()
    stack.service.by_hand("live", "3", {"1": 0.8})

    stack.deploy()

    assert stack.live == ("4", {})
    assert stack.previous == "1"


def test_the_move_and_its_record_are_one_call(stack: Stack) -> None:
    stack.create()
    stack.deploy()
    stack.service.by_hand("live", "2", {"1": 0.1})
    stack.service.writes.clear()

    stack.deploy()

    assert stack.service.writes == [("UpdateAlias", "live"), ("UpdateAlias", "previous")]
    assert stack.record is not None
    newest = stack.record.releases[0]
    assert (newest.candidate, str(newest.before)) == ("3", "version 2 (90.0%) and version 1 (10.0%)")
    assert stack.record.fingerprint == fingerprint("3")[:FINGERPRINT_CHARS]


def test_an_unchanged_candidate_writes_nothing(stack: Stack) -> None:
    stack.create()
    stack.service.writes.clear()

    data = stack.event("Update", "1", "1")["Data"]

    assert stack.service.writes == []
    assert data["Version"] == "1"


def test_an_unchanged_candidate_leaves_an_alias_where_a_hand_put_it(stack: Stack) -> None:
    stack.create()
    stack.deploy()
    stack.service.by_hand("live", "1")

    assert stack.event("Update", "2", "2")["Data"]["Version"] == "1"
    assert stack.live == ("1", {})


def test_a_candidate_that_was_judged_bad_is_not_released_again(stack: Stack) -> None:
    stack.create()
    candidate = stack.service.publish()
    assert stack.record is not None
    verdict = Record(stack.record.owner, judged=fingerprint(candidate)).description()
    stack.service.by_hand("live", "1", Description=verdict)

    note = stack.event("Update", candidate, "1")["Data"]["Note"]

    assert stack.live == ("1", {})
    assert "judged bad" in note


def test_a_verdict_outlives_the_next_release(stack: Stack) -> None:
    stack.create()
    assert stack.record is not None
    verdict = Record(stack.record.owner, judged="bad").description()
    stack.service.by_hand("live", "1", Description=verdict)

    stack.deploy()

    assert stack.record is not None
    assert stack.record.judged == "bad"


def test_a_lower_candidate_goes_back_to_what_carried_the_calls(stack: Stack) -> None:
    stack.create()
    failed = stack.deploy_halfway()

    answer = stack.roll_back(failed)

    assert stack.live == ("1", {})
    assert stack.previous is None
    assert answer["Data"]["Version"] == "1"
    stack.clean_up(failed)


def test_delete_removes_both_aliases_and_may_come_twice(stack: Stack) -> None:
    stack.create()
    stack.deploy()

    assert stack.delete() == {"PhysicalResourceId": PHYSICAL_ID}
    assert stack.service.aliases == {}
    assert stack.delete() == {"PhysicalResourceId": PHYSICAL_ID}


def test_an_unknown_strategy_is_named_with_those_there_are(stack: Stack) -> None:
    stack.create()
    stack.strategy = "linear"

    with pytest.raises(LiveAliasError, match="Strategy is 'linear': it must be one of all-at-once, canary"):
        stack.deploy()


def test_a_rollback_and_a_delete_do_not_mind_an_unknown_strategy(stack: Stack) -> None:
    stack.create()
    failed = stack.deploy_halfway()
    stack.strategy = "linear"

    stack.roll_back(failed)
    assert stack.live == ("1", {})
    stack.delete()
    assert stack.service.aliases == {}
