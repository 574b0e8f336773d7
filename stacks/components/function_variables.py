"""The environment variables of one function, with references where only the deploy knows the value.

CDK hashes them into the logical id of the version, so they say the same in every Region of a group: names of
tables as text, as only one Region owns them; references to constructs with the same path; and pseudo
parameters in place of account and Region.
"""

from collections.abc import Sequence

from aws_cdk import Aws

from patchbay import function_environment
from patchbay.config import Instance
from patchbay.functions import Function
from patchbay.naming import LIVE, Names
from stacks.components.stores import Stores


def variables(
    settings: Function, *, names: Names, instances: Sequence[Instance], stores: Stores
) -> dict[str, str]:
    """What the handler finds in its environment."""

    def lookup(kind: str, name: str) -> str:
        match kind:
            case "bucket":
                return stores.buckets[name].bucket_name
            case "secret":
                return stores.secrets[name].secret_arn
            case "function":
                return alias_arn_here(names, name)
            case _:
                return instance_ids(instances)

    filled = {key: function_environment.fill(value, lookup) for key, value in settings.environment.items()}
    return {
        **filled,
        **{f"TABLE_{table.upper()}": names.table(table) for table in settings.tables},
        "PATCHBAY_RESPONSE_TYPE": settings.response.value,
        "POWERTOOLS_SERVICE_NAME": settings.name,
    }


def alias_arn_here(names: Names, function: str) -> str:
    """The alias `live` in whatever Region the stack is deployed to."""
    arn = names.function_arn(function, partition=Aws.PARTITION, region=Aws.REGION, account=Aws.ACCOUNT_ID)
    return f"{arn}:{LIVE}"


def instance_ids(instances: Sequence[Instance]) -> str:
    """Comma separated."""
    return ",".join(instance.arn.instance_id for instance in instances)
