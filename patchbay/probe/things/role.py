"""The role that the throw-away function runs under: it may write its own log, nothing else."""

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from patchbay.probe.site import MARK, Site
from patchbay.probe.things import check_mark, code

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

_POLICY = "logs"


class Role:
    """In IAM, which is the same in every Region."""

    def __init__(self, client: "IAMClient", site: Site) -> None:
        self._client = client
        self._site = site
        self.label = f"IAM role {site.name}"

    def present(self) -> bool:
        try:
            found = self._client.get_role(RoleName=self._site.name)["Role"]
        except ClientError as error:
            if code(error) == "NoSuchEntity":
                return False
            raise
        check_mark(self.label, found.get("Description"), MARK)
        return True

    def make(self) -> str:
        """Gives its ARN."""
        role = self._client.create_role(
            RoleName=self._site.name,
            Description=MARK,
            AssumeRolePolicyDocument=json.dumps(
                _policy({"Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"})
            ),
        )["Role"]
        self._client.put_role_policy(
            RoleName=self._site.name, PolicyName=_POLICY, PolicyDocument=json.dumps(self._logs_only())
        )
        return role["Arn"]

    def remove(self) -> None:
        try:
            self._client.delete_role_policy(RoleName=self._site.name, PolicyName=_POLICY)
        except ClientError as error:
            if code(error) != "NoSuchEntity":
                raise
        self._client.delete_role(RoleName=self._site.name)

    def _logs_only(self) -> dict[str, Any]:
        groups = [f"{self._site.log_group_arn(region)}:*" for region in self._site.regions]
        return _policy({"Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": groups})


def _policy(statement: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
