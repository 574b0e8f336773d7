"""ARNs, parsed once."""

import re
from dataclasses import dataclass

_ARN = re.compile(r"arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:(.+)")
_INSTANCE = re.compile(r"instance/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Arn:
    """`arn:partition:service:region:account:resource`."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @classmethod
    def parse(cls, text: str) -> "Arn":
        """Raises ValueError, in the words of a configuration error, when `text` is not an ARN."""
        match = _ARN.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not an ARN: expected arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE")
        partition, service, region, account, resource = match.groups()
        return cls(partition, service, region, account or "", resource)

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"


@dataclass(frozen=True)
class InstanceArn(Arn):
    """The ARN of an Amazon Connect instance; its resource is `instance/<UUID>`."""

    @classmethod
    def parse(cls, text: str) -> "InstanceArn":
        """Raises ValueError when `text` is an ARN of something else."""
        arn = Arn.parse(text)
        complete = arn.service == "connect" and arn.region and arn.account
        if not complete or not _INSTANCE.fullmatch(arn.resource):
            raise ValueError(
                f"{text!r} is not the ARN of a Connect instance: "
                "expected arn:aws:connect:REGION:ACCOUNT:instance/UUID"
            )
        return cls(arn.partition, arn.service, arn.region, arn.account, arn.resource)

    @property
    def instance_id(self) -> str:
        """The UUID."""
        return self.resource.removeprefix("instance/")
