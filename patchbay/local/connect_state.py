"""What the embedded Amazon Connect remembers beside moto's instances: associations and contact flows."""

import json
import threading
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace

from moto.core.exceptions import ServiceException

from patchbay.limits import FLOW_CONTENT_MAX_CHARS, FUNCTION_ARN_MAX_CHARS, FUNCTIONS_PER_INSTANCE

RATE_PER_SECOND, BURST = 2.0, 5
"""Connect API throttling: per account and Region (administrator guide, "API throttling quotas")."""


class ConnectError(ServiceException):
    """`ConnectError(code, message)`: moto writes it as botocore's Connect model says, status included."""

    problems: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class StoredFlow:
    """One contact flow as DescribeContactFlow shows it."""

    id: str
    arn: str
    name: str
    type: str
    content: str
    description: str


@dataclass
class Bucket:
    """The request budget that the association calls share."""

    tokens: float = BURST
    filled_at: float = field(default_factory=time.monotonic)

    def take(self) -> None:
        """Raises ThrottlingException where the budget is used up."""
        now = time.monotonic()
        self.tokens = min(BURST, self.tokens + (now - self.filled_at) * RATE_PER_SECOND)
        self.filled_at = now
        if self.tokens < 1:
            raise ConnectError("ThrottlingException", "Rate exceeded")
        self.tokens -= 1


class ConnectState:
    """Associations and flows of one account and Region, by instance id."""

    def __init__(self) -> None:
        self._associations: dict[str, list[str]] = defaultdict(list)
        self._flows: dict[str, dict[str, StoredFlow]] = defaultdict(dict)
        self._bucket = Bucket()
        self._lock = threading.Lock()

    def associate(self, instance_id: str, function_arn: str) -> None:
        """Raises the exceptions that botocore's model gives AssociateLambdaFunction."""
        with self._lock:
            self._bucket.take()
            if not 1 <= len(function_arn) <= FUNCTION_ARN_MAX_CHARS or ":function:" not in function_arn:
                raise ConnectError("InvalidParameterException", f"{function_arn} is not a function ARN")
            associated = self._associations[instance_id]
            if function_arn in associated:
                raise ConnectError("ResourceConflictException", "A resource already has that name.")
            if len(associated) >= FUNCTIONS_PER_INSTANCE:
                raise ConnectError("ServiceQuotaExceededException", "The service quota has been exceeded.")
            associated.append(function_arn)

    def disassociate(self, instance_id: str, function_arn: str) -> None:
        """Raises ResourceNotFoundException where the function is not associated."""
        with self._lock:
            self._bucket.take()
            if function_arn not in self._associations[instance_id]:
                raise ConnectError("ResourceNotFoundException", f"{function_arn} is not associated")
            self._associations[instance_id].remove(function_arn)

    def associations(self, instance_id: str) -> list[str]:
        """The ARNs in the order in which they were associated."""
        return list(self._associations[instance_id])

    def create_flow(
        self, instance_arn: str, *, name: str, flow_type: str, content: str, description: str = ""
    ) -> StoredFlow:
        """Raises InvalidContactFlowException or DuplicateResourceException."""
        instance_id = instance_arn.rpartition("/")[2]
        self._check_flow(instance_id, name, content, but="")
        flow_id = str(uuid.uuid4())
        flow = StoredFlow(
            flow_id, f"{instance_arn}/contact-flow/{flow_id}", name, flow_type, content, description
        )
        self._flows[instance_id][flow_id] = flow
        return flow

    def update_flow(self, instance_id: str, flow_id: str, **changes: str) -> StoredFlow:
        """Changes name, content or description; raises as create_flow does, or ResourceNotFoundException."""
        flow = replace(self.flow(instance_id, flow_id), **changes)
        self._check_flow(instance_id, flow.name, flow.content, but=flow_id)
        self._flows[instance_id][flow_id] = flow
        return flow

    def delete_flow(self, instance_id: str, flow_id: str) -> None:
        """Raises ResourceNotFoundException where it is not there."""
        self.flow(instance_id, flow_id)
        del self._flows[instance_id][flow_id]

    def flow(self, instance_id: str, flow_id: str) -> StoredFlow:
        """By id. Raises ResourceNotFoundException where it is not there."""
        try:
            return self._flows[instance_id][flow_id]
        except KeyError:
            raise ConnectError("ResourceNotFoundException", f"Contact flow {flow_id} not found") from None

    def flows(self, instance_id: str) -> list[StoredFlow]:
        """All of them, oldest first."""
        return list(self._flows[instance_id].values())

    def _check_flow(self, instance_id: str, name: str, content: str, *, but: str) -> None:
        problem = _problem(content)
        if problem:
            error = ConnectError("InvalidContactFlowException", "The contact flow is not valid.")
            error.problems = ({"message": problem},)
            raise error
        if any(flow.name == name and flow.id != but for flow in self._flows[instance_id].values()):
            raise ConnectError("DuplicateResourceException", f"A contact flow named {name} exists already.")


def _problem(content: str) -> str | None:
    """What Connect would refuse at once; `patchbay call` reads the rest."""
    if len(content) > FLOW_CONTENT_MAX_CHARS:
        return f"Content has {len(content)} characters, at most {FLOW_CONTENT_MAX_CHARS} are allowed"
    try:
        flow = json.loads(content)
        identifiers = {action["Identifier"] for action in flow["Actions"]}
        return None if flow["StartAction"] in identifiers else "StartAction names no action"
    except (ValueError, KeyError, TypeError) as error:
        return f"Content is not in the flow language: {error!r}"
