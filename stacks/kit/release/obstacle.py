"""Whether two versions can share an alias.

Lambda developer guide, "Implement Lambda canary deployments using a weighted alias": both versions must have
the same execution role and the same dead-letter queue configuration (or none), and both must be published.
"""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from live_alias.errors import DecideAnewError
from release.evidence import Unreadable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_lambda.type_defs import FunctionConfigurationResponseTypeDef


def obstacle(client: "LambdaClient", function: str, candidate: str, stable: str) -> str:
    """A sentence; "" where there is none.

    Raises Unreadable, also while Lambda still prepares the candidate, and DecideAnewError where a version has
    just gone.
    """
    new = _configuration(client, function, candidate)
    if new.get("State") == "Pending":
        raise Unreadable(f"Lambda still prepares version {candidate}: {new.get('StateReason', 'pending')}")
    if new.get("State") == "Failed":
        return f"version {candidate} cannot run: {new.get('StateReason', 'Lambda gives no reason')}"
    old = _configuration(client, function, stable)
    ways = (("role", _role(old), _role(new)), ("dead-letter queue", _dead_letter(old), _dead_letter(new)))
    changed = [f"{what} ({was} -> {will})" for what, was, will in ways if was != will]
    if not changed:
        return ""
    # The first words must be enough: the alias has room for no more.
    what = " and ".join(change.partition(" (")[0] for change in changed)
    return (
        f"{what} changed: release all at once. Versions {stable} and {candidate} cannot share an alias: "
        f"{'; '.join(changed)}; deploy with strategy all-at-once"
    )


def _configuration(
    client: "LambdaClient", function: str, version: str
) -> "FunctionConfigurationResponseTypeDef":
    try:
        return client.get_function_configuration(FunctionName=function, Qualifier=version)
    except client.exceptions.ResourceNotFoundException as error:
        raise DecideAnewError(f"version {version} of {function} is not there: {error}") from error
    except (ClientError, BotoCoreError) as error:
        raise Unreadable(f"cannot read the configuration of version {version}: {error}") from error


def _role(configuration: "FunctionConfigurationResponseTypeDef") -> str:
    return configuration.get("Role", "none")


def _dead_letter(configuration: "FunctionConfigurationResponseTypeDef") -> str:
    return configuration.get("DeadLetterConfig", {}).get("TargetArn") or "none"
