"""Where Amazon Connect names functions: flows and modules, drafts too, and the designer's list."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from patchbay.aws import Aws
from patchbay.config import Environment, Instance
from patchbay.naming import LIVE

_PAUSE_SECONDS = 0.5
"""Connect answers two requests a second, for everybody in the account together."""
_NOT_THERE = ("ResourceNotFoundException", "ContactFlowNotPublishedException")


@dataclass(frozen=True)
class Names:
    """What one environment calls some functions, in ARNs of every Region and with every qualifier."""

    environment: Environment
    functions: tuple[str, ...]

    def within(self, content: str) -> bool:
        """Whether a flow's content names one of them."""
        either = "|".join(re.escape(self.environment.names.function(name)) for name in self.functions)
        arn = rf"arn:[a-z-]+:lambda:[a-z0-9-]+:{self.environment.account}:function:(?:{either})(?![\w-])"
        return re.search(arn, content) is not None


def flows(aws: Aws, instance: Instance, names: Names, leaving: str | None = None) -> list[str]:
    """The instance's flows and modules that name one of them, in words, but for the flow `leaving`.

    A draft counts: it would invoke them as soon as it is published.
    """
    reader = _Reader(_connect(aws, instance), instance.arn.instance_id, leaving, drafts=not aws.embedded)
    return [what for what, contents in reader.everything() if any(map(names.within, contents))]


def associations(aws: Aws, instance: Instance, names: Names) -> list[str]:
    """The ARNs of their aliases `live` that are in the designer's list."""
    pages = (
        _connect(aws, instance)
        .get_paginator("list_lambda_functions")
        .paginate(InstanceId=instance.arn.instance_id)
    )
    listed = [arn for page in pages for arn in page["LambdaFunctions"]]
    return [arn for arn in listed if arn.endswith(f":{LIVE}") and names.within(arn)]


@dataclass(frozen=True)
class _Reader:
    """The contents of an instance, published and saved."""

    connect: Any
    instance_id: str
    leaving: str | None
    """The name of a flow that the next deploy takes away."""
    drafts: bool
    """The embedded AWS has neither drafts nor modules."""

    def everything(self) -> Iterator[tuple[str, list[str]]]:
        """Each flow and module in words, with its contents."""
        for one in self._listed("list_contact_flows", "ContactFlowSummaryList"):
            if one["Name"] != self.leaving:
                yield f"flow {one['Name']!r}", list(self._contents("ContactFlow", one))
        if self.drafts:
            for one in self._listed("list_contact_flow_modules", "ContactFlowModulesSummaryList"):
                yield f"module {one['Name']!r}", list(self._contents("ContactFlowModule", one))

    def _listed(self, operation: str, key: str) -> Iterator[Any]:
        for page in self.connect.get_paginator(operation).paginate(InstanceId=self.instance_id):
            yield from page[key]

    def _contents(self, kind: str, summary: Mapping[str, str]) -> Iterator[str]:
        """API reference, DescribeContactFlow and DescribeContactFlowModule: the alias $SAVED."""
        ids = (summary["Id"], f"{summary['Arn']}:$SAVED") if self.drafts else (summary["Id"],)
        describe = {
            "ContactFlow": self.connect.describe_contact_flow,
            "ContactFlowModule": self.connect.describe_contact_flow_module,
        }[kind]
        for one in ids:
            if self.drafts:
                time.sleep(_PAUSE_SECONDS)
            try:
                yield describe(InstanceId=self.instance_id, **{f"{kind}Id": one})[kind]["Content"]
            except ClientError as error:
                if error.response["Error"]["Code"] not in _NOT_THERE:
                    raise


def _connect(aws: Aws, instance: Instance) -> Any:
    return aws.client("connect", instance.arn.region, instance.arn.account)
