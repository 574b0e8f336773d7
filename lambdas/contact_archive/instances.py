"""Which Connect instance an event comes from, and whether this environment deals with it."""

import re
from dataclasses import dataclass

_ARN = re.compile(
    r"arn:aws[a-z-]*:connect:(?P<region>[a-z]{2}(?:-[a-z]+)+-\d):\d{12}:instance/(?P<id>[0-9A-Za-z-]{1,100})"
)


@dataclass(frozen=True)
class Instance:
    """Where to reach the contact: in the instance's Region, which may be another than the function's."""

    instance_id: str
    region: str


def allowed(instance_arn: str, instance_ids: str) -> Instance | None:
    """The instance of the event, if its id is one of `instance_ids`, which commas separate; None if not."""
    found = _ARN.fullmatch(instance_arn)
    ids = {text.strip() for text in instance_ids.split(",")}
    return Instance(found["id"], found["region"]) if found and found["id"] in ids else None
