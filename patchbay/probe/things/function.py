"""The throw-away function in one Region, with its versions, aliases and resource policies."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from patchbay.probe.answers import NotAskedError
from patchbay.probe.clock import Clock, Patience, patiently
from patchbay.probe.site import MARK, Site
from patchbay.probe.things import check_mark, code

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

OWN_SID = "patchbay-probe"
"""The statement that the probe gives each alias itself, as the kit does."""
LINE = "patchbay probe line"
_CODE = '''"""Thrown away after the probe. Build {build}."""


def handler(event, context):
    print("{line}", event["token"])
    return {{"version": context.function_version}}
'''
# Lambda developer guide, "Creating a role": a new one takes a few seconds until it can be assumed.
_NEW_ROLE = ("InvalidParameterValueException",)
# A version that was published just now (aws/aws-sdk-js-v3#7254).
_NEW_VERSION = ("InternalError", "ServiceException", "ResourceNotFoundException")
# Another change of the function is not through yet.
_BUSY = ("ResourceConflictException",)


class ThrowAway:
    """One function; removing it removes its versions, aliases and policies too."""

    def __init__(
        self, client: "LambdaClient", site: Site, region: str, clock: Clock, patience: Patience
    ) -> None:
        self.client = client
        self.name = site.name
        self.arn = site.function_arn(region)
        self._site = site
        self._clock = clock
        self._patience = patience
        self.label = f"Lambda function {site.name} in {region}"

    def present(self) -> bool:
        try:
            found = self.client.get_function_configuration(FunctionName=self.name)
        except ClientError as error:
            if code(error) == "ResourceNotFoundException":
                return False
            raise
        check_mark(self.label, found.get("Description"), MARK)
        return True

    def remove(self) -> None:
        self.client.delete_function(FunctionName=self.name)

    def make(self, role_arn: str) -> None:
        """Waits until the role can be assumed and the function is active. Raises NotAskedError."""
        patiently(
            self._clock,
            self._patience,
            _NEW_ROLE,
            lambda: self.client.create_function(
                FunctionName=self.name,
                Description=MARK,
                Runtime="python3.14",
                Handler="handler.handler",
                Role=role_arn,
                Timeout=3,
                MemorySize=128,
                Code={"ZipFile": _package("0")},
                LoggingConfig={"LogGroup": self._site.log_group},
            ),
        )
        self._settle()

    def publish(self, build: str) -> str:
        """A version whose code differs from every other build's; gives its number."""
        patiently(
            self._clock,
            self._patience,
            _BUSY,
            lambda: self.client.update_function_code(FunctionName=self.name, ZipFile=_package(build)),
        )
        self._settle()
        return self.publish_as_it_is()

    def publish_as_it_is(self) -> str:
        """PublishVersion alone; gives the number that it answers."""
        return self.client.publish_version(FunctionName=self.name)["Version"]

    def lead(self, alias: str, version: str, weights: Mapping[str, float] | None = None) -> None:
        """CreateAlias, split where there are weights."""
        routing: Any = {"RoutingConfig": {"AdditionalVersionWeights": dict(weights)}} if weights else {}
        patiently(
            self._clock,
            self._patience,
            _NEW_VERSION,
            lambda: self.client.create_alias(
                FunctionName=self.name, Name=alias, FunctionVersion=version, **routing
            ),
        )

    def allow_connect(self, alias: str) -> None:
        """The statement that the kit's stacks give an alias: principal, account and exact instance."""
        self.client.add_permission(
            FunctionName=self.name,
            Qualifier=alias,
            StatementId=OWN_SID,
            Action="lambda:InvokeFunction",
            Principal="connect.amazonaws.com",
            SourceAccount=self._site.arn.account,
            SourceArn=str(self._site.arn),
        )

    def weights(self, alias: str) -> dict[str, float]:
        """AdditionalVersionWeights as GetAlias shows them."""
        found = self.client.get_alias(FunctionName=self.name, Name=alias)
        return dict((found.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {})

    def statements(self, alias: str | None) -> list[dict[str, Any]]:
        """The resource policy of the alias, or of the bare function.

        By the statements' Resource: the embedded AWS shows an alias's among the function's too.
        """
        arn = f"{self.arn}:{alias}" if alias else self.arn
        qualifier: Any = {"Qualifier": alias} if alias else {}
        try:
            policy = self.client.get_policy(FunctionName=self.name, **qualifier)["Policy"]
        except ClientError as error:
            if code(error) == "ResourceNotFoundException":
                return []
            raise
        found: list[dict[str, Any]] = json.loads(policy)["Statement"]
        return [statement for statement in found if statement.get("Resource", arn) == arn]

    def _settle(self) -> None:
        until = self._clock.now() + self._patience.made
        while True:
            state = self.client.get_function_configuration(FunctionName=self.name)
            if state.get("State") != "Pending" and state.get("LastUpdateStatus") != "InProgress":
                return
            if self._clock.now() >= until:
                raise NotAskedError(f"{self.name} was not active after {self._patience.made:.0f} s")
            self._clock.sleep(self._patience.retry)


def _package(build: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        # A fixed date: equal builds are equal packages.
        entry = zipfile.ZipInfo("handler.py")
        entry.external_attr = 0o644 << 16  # Lambda's user must be able to read it
        file.writestr(entry, _CODE.format(build=build, line=LINE))
    return archive.getvalue()
