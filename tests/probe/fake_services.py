"""IAM and STS in memory."""

from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError


def failure(operation: str, code: str, status: int = 404) -> ClientError:
    """An error answer."""
    answer: Any = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, operation)


@dataclass
class FakeIam:
    """Roles with their inline policies; a role that has one cannot be deleted."""

    roles: dict[str, dict[str, Any]] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)

    def get_role(self, RoleName: str) -> dict[str, Any]:  # noqa: N803
        if RoleName not in self.roles:
            raise failure("GetRole", "NoSuchEntity")
        return {"Role": self.roles[RoleName]}

    def create_role(self, RoleName: str, Description: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        self.roles[RoleName] = {"Arn": f"arn:aws:iam::1:role/{RoleName}", "Description": Description}
        return self.get_role(RoleName)

    def put_role_policy(self, RoleName: str, PolicyDocument: str, **_: Any) -> None:  # noqa: N803
        self.policies[RoleName] = PolicyDocument

    def delete_role_policy(self, RoleName: str, **_: Any) -> None:  # noqa: N803
        if self.policies.pop(RoleName, None) is None:
            raise failure("DeleteRolePolicy", "NoSuchEntity")

    def delete_role(self, RoleName: str) -> None:  # noqa: N803
        if RoleName in self.policies:
            raise failure("DeleteRole", "DeleteConflict", 409)
        del self.roles[RoleName]


@dataclass
class FakeSts:
    """Credentials of one account."""

    account: str

    def get_caller_identity(self) -> dict[str, str]:
        return {"Account": self.account}
