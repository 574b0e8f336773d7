"""The caller's phone on the embedded AWS."""

import pytest

from patchbay.local.process import LocalAws
from patchbay.local.text_messages import EmbeddedPhone
from tests.local.embedded import OTHER_ACCOUNT, PREFERRED, client, local_aws

__all__ = ["local_aws"]


def send(aws: LocalAws, number: str, message: str, region: str = PREFERRED, **account: str) -> None:
    client(aws.url, "sns", region, **account).publish(PhoneNumber=number, Message=message)


def test_the_phone_gets_what_is_sent_from_now_on_each_message_once(local_aws: LocalAws) -> None:
    send(local_aws, "+14165550044", "from an earlier call")
    phone = EmbeddedPhone(local_aws.url, "+14165550044")
    assert phone.new_messages() == []
    send(local_aws, "+14165550044", "Your Patchbay code is 123456")
    send(local_aws, "+14165550044", "Your Patchbay code is 654321")
    assert phone.new_messages() == ["Your Patchbay code is 123456", "Your Patchbay code is 654321"]
    assert phone.new_messages() == []


def test_a_message_to_another_number_is_somebody_elses(local_aws: LocalAws) -> None:
    phone = EmbeddedPhone(local_aws.url, "+14165550011")
    send(local_aws, "+14165550022", "not for you")
    assert phone.new_messages() == []


@pytest.mark.parametrize(("region", "account"), [("us-east-1", {}), (PREFERRED, {"account": OTHER_ACCOUNT})])
def test_it_does_not_matter_where_a_message_is_sent_from(
    local_aws: LocalAws, region: str, account: dict[str, str]
) -> None:
    phone = EmbeddedPhone(local_aws.url, "+14165550033")
    send(local_aws, "+14165550033", "Zoë, your code", region, **account)
    assert phone.new_messages() == ["Zoë, your code"]
