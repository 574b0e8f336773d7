"""Lambda as the simulated Connect sees it, over boto3."""

import json
import time
from collections.abc import Mapping
from math import ceil

from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.simulator.functions import LATEST, FunctionName, Reply

_MISSING = ("ResourceNotFoundException",)


class LambdaFunctions:
    """Implements `patchbay.simulator.functions.Functions` for the functions of an environment.

    Against a real account a function that is marked `effects = true` runs only where `allow_effects` says
    so, or with one of its harmless operations: another invocation there transfers real money.
    """

    def __init__(self, aws: Aws, environment: Environment, *, allow_effects: bool = False) -> None:
        self._aws = aws
        free = aws.embedded or allow_effects
        self._guarded = {
            environment.names.function(f.name): f.harmless_operations
            for f in environment.functions.values()
            if f.effects and not free
        }

    def route(self, arn: str) -> Mapping[str, float] | None:
        """The alias's versions and weights; a version or no qualifier leads to itself."""
        function = FunctionName.parse(arn)
        client = self._aws.client("lambda", _region(function))
        try:
            if function.alias is None:
                client.get_function_configuration(FunctionName=arn)
                return {function.qualifier or LATEST: 1.0}
            alias = client.get_alias(FunctionName=function.unqualified, Name=function.alias)
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise
        others = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
        return {alias["FunctionVersion"]: 1.0 - sum(others.values()), **others}

    def policy(self, arn: str) -> Mapping[str, object] | None:
        """The resource policy of exactly this ARN: an alias has its own."""
        function = FunctionName.parse(arn)
        client = self._aws.client("lambda", _region(function))
        qualifier = {"Qualifier": function.qualifier} if function.qualifier else {}
        try:
            answer = client.get_policy(FunctionName=function.unqualified, **qualifier)
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise
        policy: dict[str, object] = json.loads(answer["Policy"])
        return policy

    def invoke(self, arn: str, version: str, payload: bytes, time_limit: float) -> Reply:
        """One request, with no retry of the SDK's own: Connect's retries are what is simulated."""
        function = FunctionName.parse(arn)
        self.check_effects(function, payload)
        client = self._aws.client(
            "lambda",
            _region(function),
            # In whole tenths of a second, so that clients are few; who invokes looks at the duration itself.
            read_timeout=max(1, ceil(time_limit * 10)) / 10,
            retries={"mode": "standard", "total_max_attempts": 1},
        )
        started = time.monotonic()
        try:
            answer = client.invoke(FunctionName=function.unqualified, Qualifier=version, Payload=payload)
            body = answer["Payload"].read()
        except (ReadTimeoutError, ConnectTimeoutError):
            return Reply(None, _since(started))
        except ClientError as error:
            return Reply(error.response["ResponseMetadata"]["HTTPStatusCode"], _since(started))
        return Reply(answer["StatusCode"], _since(started), body, answer.get("FunctionError"))

    def check_effects(self, function: FunctionName, payload: bytes) -> None:
        """Raises UserError where this request would change something in a real account unasked."""
        harmless = self._guarded.get(function.name)
        if harmless is None or _operation(payload) in harmless:
            return
        except_for = f" but for {', '.join(harmless)}" if harmless else ""
        raise UserError(
            f"{function.name} changes something on each call{except_for} (effects = true) and this is a real "
            "account: stub it with --stub, or add --allow-effects"
        )


def _operation(payload: bytes) -> str | None:
    """The parameter `operation` of Connect's event; None where it has none."""
    at: object = json.loads(payload)
    for key in ("Details", "Parameters", "operation"):
        at = at.get(key) if isinstance(at, dict) else None
    return at if isinstance(at, str) else None


def _region(function: FunctionName) -> str:
    if function.region is None:
        raise UserError(
            f"{function.arn!r} is not the ARN of a function: fill it in, "
            f"or stub it with --stub '{function.arn}=FILE.json'"
        )
    return function.region


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
