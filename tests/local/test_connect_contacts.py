"""Contact attributes and contact flow modules of the embedded Amazon Connect, over boto3."""

import uuid
from typing import Any

import pytest

from patchbay.limits import CONTACT_ATTRIBUTES_MAX_BYTES
from patchbay.local import connect_api
from tests.local import connect as world
from tests.local.connect import ID, refused

UNKNOWN = "99999999-2222-3333-4444-555555555555"
CONTACT = str(uuid.uuid4())
NOT_FOUND = (404, "ResourceNotFoundException")

url, connect = world.url, world.connect
_instances = world.an_instance_in_each_account_and_region


@pytest.fixture(autouse=True)
def _no_attributes() -> None:
    connect_api._contacts.clear()


def attributes(connect: Any, contact: str = CONTACT) -> dict[str, str]:
    found: dict[str, str] = connect.get_contact_attributes(InstanceId=ID, InitialContactId=contact)[
        "Attributes"
    ]
    return found


def update(connect: Any, contact: str = CONTACT, **changes: str) -> None:
    connect.update_contact_attributes(InstanceId=ID, InitialContactId=contact, Attributes=changes)


def test_attributes_are_added_and_replaced_and_the_others_stay(connect: Any) -> None:
    update(connect, language="fr-CA", archiveKey="a")
    update(connect, archiveKey="b", team="cards")
    assert attributes(connect) == {"language": "fr-CA", "archiveKey": "b", "team": "cards"}


def test_a_contact_whose_attributes_nobody_set_has_none(connect: Any) -> None:
    update(connect, team="cards")
    assert attributes(connect, str(uuid.uuid4())) == {}


def test_an_instance_or_a_contact_that_is_not_there_is_not_found(connect: Any) -> None:
    for instance, contact in ((UNKNOWN, CONTACT), (ID, "contact-1")):
        names = {"InstanceId": instance, "InitialContactId": contact}
        assert refused(connect.update_contact_attributes, **names, Attributes={"a": "b"}) == NOT_FOUND
        assert refused(connect.get_contact_attributes, **names) == NOT_FOUND


def test_attributes_of_more_than_32_kilobytes_together_are_refused(connect: Any) -> None:
    update(connect, first="x" * (CONTACT_ATTRIBUTES_MAX_BYTES // 2))
    more = {"second": "x" * (CONTACT_ATTRIBUTES_MAX_BYTES // 2)}
    answer = refused(
        connect.update_contact_attributes, InstanceId=ID, InitialContactId=CONTACT, Attributes=more
    )
    assert answer == (400, "InvalidRequestException")
    assert set(attributes(connect)) == {"first"}


def test_there_are_no_contact_flow_modules(connect: Any) -> None:
    assert connect.list_contact_flow_modules(InstanceId=ID)["ContactFlowModulesSummaryList"] == []
    module = {"InstanceId": ID, "ContactFlowModuleId": UNKNOWN}
    assert refused(connect.describe_contact_flow_module, **module) == NOT_FOUND
    assert refused(connect.list_contact_flow_modules, InstanceId=UNKNOWN) == NOT_FOUND
