"""The clients that a release command needs at one site."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from live_alias.lambda_api import LambdaApi
from patchbay.aws import Aws
from patchbay.live.pace import Pacer
from patchbay.releases.settings import controller_settings
from patchbay.releases.sites import Site
from release.evidence import Clients as EvidenceClients

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_stepfunctions import SFNClient

_ONCE = {"mode": "standard", "total_max_attempts": 1}
"""After a failure the alias is read again first, so nothing is sent again by itself."""
PACER = Pacer()
"""All sites of an account and Region share Lambda's rates: `--all` is hundreds of requests."""


@dataclass(frozen=True)
class Desk:
    """One site, and the way to its services."""

    aws: Aws
    site: Site

    @property
    def lambda_(self) -> "LambdaClient":
        """For reading."""
        return self._lambda()

    @property
    def states(self) -> "SFNClient":
        """Step Functions."""
        return self.aws.client("stepfunctions", self.site.region)

    @property
    def api(self) -> LambdaApi:
        """The aliases, for reading and writing."""
        return LambdaApi(self._lambda(retries=_ONCE), _Names(self.site), self.states)

    @property
    def evidence(self) -> EvidenceClients:
        """Logs and CloudWatch."""
        region = self.site.region
        return EvidenceClients(self.aws.client("logs", region), self.aws.client("cloudwatch", region))

    def settings(self) -> dict[str, object]:
        """What an execution is to keep to, as a deploy would write it. Raises ClientError."""
        known = controller_settings(self.site.environment, self.site.function, self.site.region)
        return {**known, "log_group": self.log_group()}

    def log_group(self) -> str:
        """Where the function's lines go; its name is generated."""
        found = self.lambda_.get_function_configuration(FunctionName=self.site.name)
        return found.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{self.site.name}"

    def _lambda(self, **config: Any) -> "LambdaClient":
        client = self.aws.client("lambda", self.site.region, **config)
        if not self.aws.embedded:
            PACER.attach(client, "lambda", self.site.region, self.aws.account)
        return client


@dataclass(frozen=True)
class _Names:
    """What LambdaApi asks for."""

    site: Site

    @property
    def function(self) -> str:
        return self.site.name

    @property
    def alias(self) -> str:
        return self.site.alias

    @property
    def previous_alias(self) -> str:
        return self.site.previous_alias
