"""Credentials that lead to another account than the one that is meant."""

import json
from typing import Any

from patchbay.live.model import Read, Unread
from tests.live.cloud import Call, Cloud, unread

OWN, PARTNER, STRANGER = "111122223333", "444455556666", "999999999999"


def _lead_elsewhere(cloud: Cloud, account: str) -> None:
    def who(call: Call) -> dict[str, Any]:
        return {"Account": STRANGER if call.account == account else call.account}

    cloud.say("GetCallerIdentity", who)


def test_what_a_profile_of_another_account_says_is_not_read(cloud: Cloud) -> None:
    _lead_elsewhere(cloud, PARTNER)
    own, partner = cloud.read().instances
    assert unread(own) == []
    assert partner.alias == Unread(f"the credentials for account {PARTNER} lead to account {STRANGER}")
    asked = [call.operation for call in cloud.calls if call.account == PARTNER]
    assert asked == ["GetCallerIdentity"]


def test_nothing_of_the_own_account_counts_where_its_credentials_lead_elsewhere(cloud: Cloud) -> None:
    _lead_elsewhere(cloud, OWN)
    seen = cloud.read()
    why = Unread(f"the credentials for account {OWN} lead to account {STRANGER}")
    own, partner = seen.instances
    assert (own.alias, partner.alias) == (why, Read("partner"))
    assert {region.identity for region in seen.regions} == {Read(STRANGER)}
    assert {(f.policy, f.aliases) for f in seen.functions} == {(why, why)}
    assert {s.status for s in seen.stacks if s.account == OWN} == {why}


def test_an_instance_is_not_called_gone_by_another_account(cloud: Cloud) -> None:
    """What is gone is what --fix takes statements of away."""
    gone = f"arn:aws:connect:eu-west-2:{PARTNER}:instance/99999999-4444-5555-6666-777777777777"

    def policy(call: Call) -> dict[str, Any]:
        found = cloud.statement(call.parameters["FunctionName"], call.region)
        found["Condition"]["ArnLike"] = {"AWS:SourceArn": gone}
        return {"Policy": json.dumps({"Statement": [found]}), "RevisionId": "p"}

    cloud.say("GetPolicy", policy)
    cloud.refuse("DescribeInstance", "ResourceNotFoundException", status=404)
    assert cloud.read().sources == {gone: Read(False)}
    _lead_elsewhere(cloud, PARTNER)
    assert isinstance(cloud.read().sources[gone], Unread)
    _lead_elsewhere(cloud, OWN)
    assert isinstance(cloud.read().sources[gone], Unread)
