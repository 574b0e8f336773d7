"""Associations of the throw-away function with the instance: the only thing done to the instance's list."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from patchbay.probe.clock import Clock
from patchbay.probe.refusals import attempt
from patchbay.probe.site import Site
from patchbay.refusals import Refusal

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient

PAUSE_SECONDS = 0.6
"""Two requests a second are all that an account has (administrator guide, "API throttling quotas")."""


class Associations:
    """Of whatever ARN of the function, in any Region."""

    def __init__(self, client: "ConnectClient", site: Site, clock: Clock) -> None:
        self._client = client
        self._instance = site.arn.instance_id
        self._own = tuple(site.function_arn(region) for region in site.searched)
        self._clock = clock
        self._tried: dict[str, None] = {}
        self.label = f"association of {site.name} with instance {site.instance.name}"

    def present(self) -> bool:
        """What was tried counts: the list may lag behind."""
        return bool(self._tried or self.own())

    def remove(self) -> None:
        """What Connect does not know (any more) is gone; what it still lists after a refusal is not."""
        refused = None
        for arn in dict.fromkeys((*self._tried, *self.own())):
            try:
                self.disassociate(arn)
            except ClientError as error:
                if Refusal.of(error).no_answer:
                    raise
                refused = error
        if refused and self.own():
            raise refused
        self._tried.clear()

    def own(self) -> list[str]:
        """Those of the list that name the throw-away function, as the list writes them."""
        return [arn for arn in self.listed() if arn in self._own or arn.rpartition(":")[0] in self._own]

    def listed(self) -> list[str]:
        """Every associated ARN."""
        self._clock.sleep(PAUSE_SECONDS)
        pages = self._client.get_paginator("list_lambda_functions").paginate(
            InstanceId=self._instance, PaginationConfig={"PageSize": 25}
        )
        return [arn for page in pages for arn in page.get("LambdaFunctions", [])]

    def associate(self, arn: str) -> Refusal | None:
        """None where Connect took it. Raises NotAskedError where it gave no answer."""
        self._tried[arn] = None
        self._clock.sleep(PAUSE_SECONDS)
        return attempt(
            lambda: self._client.associate_lambda_function(InstanceId=self._instance, FunctionArn=arn)
        )

    def disassociate(self, arn: str) -> None:
        """Raises ClientError."""
        self._clock.sleep(PAUSE_SECONDS)
        self._client.disassociate_lambda_function(InstanceId=self._instance, FunctionArn=arn)
