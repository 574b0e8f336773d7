"""The contact flows and flow modules of an instance, each read when it is first needed.

Connect answers two requests a second, and a new instance comes with a dozen flows of its own.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from botocore.exceptions import ClientError

from patchbay.aws import Aws
from patchbay.config import Instance
from patchbay.errors import UserError
from patchbay.simulator import flow as flows
from patchbay.simulator.flow import Flow

_MODULE = re.compile(r"(?:arn:.+/flow-module/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_MISSING = ("ResourceNotFoundException", "UnknownOperationException", "404", "501")
"""Also of a Connect that has no modules."""


class DeployedFlows(Mapping[str, Flow]):
    """Flows by id, ARN or name, and modules by id or ARN, as blocks name them.

    A draft, which Connect would not run either, is not among them. Modules are not listed, only looked up.
    """

    def __init__(self, aws: Aws, instance: Instance) -> None:
        self._instance_id = instance.arn.instance_id
        self._connect = aws.client("connect", instance.arn.region, instance.arn.account)
        self._read: dict[str, Flow] = {}
        self._without: set[str] = set()

    def __getitem__(self, key: str) -> Flow:
        """Raises KeyError for one that is not there or a draft, UserError for one that cannot be read."""
        flow_id = self._ids.get(key)
        if flow_id is None:
            return self._module(key)
        if flow_id not in self._read:
            self._read[flow_id] = self._describe(key, flow_id)
        return self._read[flow_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def names(self) -> list[str]:
        """For a complaint."""
        return sorted(name for _, _, name in self._listed)

    @cached_property
    def _listed(self) -> list[tuple[str, str, str]]:
        """Id, ARN and name of each."""
        pages = self._connect.get_paginator("list_contact_flows").paginate(InstanceId=self._instance_id)
        return [
            (one["Id"], one["Arn"], one["Name"]) for page in pages for one in page["ContactFlowSummaryList"]
        ]

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {key: keys[0] for keys in self._listed for key in keys}

    def _describe(self, key: str, flow_id: str) -> Flow:
        try:
            one = self._connect.describe_contact_flow(InstanceId=self._instance_id, ContactFlowId=flow_id)
        except self._connect.exceptions.ContactFlowNotPublishedException:
            raise UserError(f"flow {key!r} is a draft, which takes no calls: publish it in Connect") from None
        found = one["ContactFlow"]
        return flows.load(found["Content"], found["Name"], found["Arn"])

    def _module(self, key: str) -> Flow:
        match = _MODULE.fullmatch(key)
        if match is None or match[1] in self._without:
            raise KeyError(key)
        module_id = match[1]
        if module_id not in self._read:
            self._read[module_id] = self._describe_module(key, module_id)
        return self._read[module_id]

    def _describe_module(self, key: str, module_id: str) -> Flow:
        try:
            one = self._connect.describe_contact_flow_module(
                InstanceId=self._instance_id, ContactFlowModuleId=module_id
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in _MISSING:
                raise
            self._without.add(module_id)
            raise KeyError(key) from None
        found = one["ContactFlowModule"]
        if found.get("Status", "").lower() == "saved":
            raise UserError(f"module {key!r} is a draft, which takes no calls: publish it in Connect")
        return flows.load(found["Content"], found["Name"], found["Arn"])
