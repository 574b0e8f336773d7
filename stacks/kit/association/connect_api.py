"""The three calls to Amazon Connect, paced, about one instance."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from association.errors import RefusedError
from association.pacing import Pace

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient

PAGE = 25
"""The most that ListLambdaFunctions returns at once."""


class ConnectApi:
    """Associations of one instance.

    The client must not retry by itself: `Pace` does, so that no retry goes past the request rate.
    """

    def __init__(self, client: "ConnectClient", instance_id: str, pace: Pace) -> None:
        self._client = client
        self._instance_id = instance_id
        self.pace = pace

    def listed(self) -> tuple[str, ...]:
        """The ARN of every associated function. Raises RefusedError."""
        found: list[str] = []
        page: dict[str, Any] = {}
        while True:
            arguments = {"InstanceId": self._instance_id, "MaxResults": PAGE, **page}
            answer = self.pace.call(lambda: self._client.list_lambda_functions(**arguments))  # noqa: B023
            found += answer.get("LambdaFunctions", [])
            if not answer.get("NextToken"):
                return tuple(found)
            page = {"NextToken": answer["NextToken"]}

    def associate(self, arn: str) -> None:
        """One token for all attempts, so that a repeated request is the same request. Raises RefusedError."""
        token = str(uuid4())
        self.pace.call(
            lambda: self._client.associate_lambda_function(
                InstanceId=self._instance_id, FunctionArn=arn, ClientToken=token
            )
        )

    def disassociate(self, arn: str) -> None:
        """What is gone already counts as done. Raises RefusedError."""
        token = str(uuid4())
        try:
            self.pace.call(
                lambda: self._client.disassociate_lambda_function(
                    InstanceId=self._instance_id, FunctionArn=arn, ClientToken=token
                )
            )
        except RefusedError as refusal:
            if not refusal.not_found:
                raise
