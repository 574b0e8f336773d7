"""Lambda in memory: one function at a time, its versions, aliases, policies and invocations."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.probe.fake_services import failure


@dataclass
class FakeLambda:
    """What a test may change comes first."""

    region: str
    now: Callable[[], float]
    state_of_new: str = "Active"
    equal: str = "same"
    """PublishVersion of equal code: `same` or `new`; `new when sent` after UpdateFunctionCode only."""
    written: Callable[[float], float | None] = lambda weight: weight
    """What becomes of a weight; None drops it."""
    routed: bool = True
    runs_at_zero: bool = False
    guarded: bool = True
    keeps_named: bool = True
    functions: dict[str, dict[str, Any]] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, dict[str, Any]] = field(default_factory=dict)
    policies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    ran: list[tuple[float, str, str, str]] = field(default_factory=list)
    """When, alias, version, token."""
    sent: bool = False

    def create_function(self, FunctionName: str, Description: str, Code: Any, **_: Any) -> None:  # noqa: N803
        self.functions[FunctionName] = {"Description": Description, "State": self.state_of_new}
        self.code["$LATEST"] = repr(Code["ZipFile"])

    def get_function_configuration(self, FunctionName: str) -> dict[str, Any]:  # noqa: N803
        if FunctionName not in self.functions:
            raise failure("GetFunctionConfiguration", "ResourceNotFoundException")
        return self.functions[FunctionName]

    def update_function_code(self, ZipFile: bytes, **_: Any) -> None:  # noqa: N803
        self.code["$LATEST"], self.sent = repr(ZipFile), True

    def publish_version(self, **_: Any) -> dict[str, str]:
        newest = str(len(self.versions)) if self.versions else None
        fresh = self.equal == "new" or (self.equal == "new when sent" and self.sent)
        self.sent = False
        if newest and self.versions[newest] == self.code["$LATEST"] and not fresh:
            return {"Version": newest}
        number = str(len(self.versions) + 1)
        self.versions[number] = self.code["$LATEST"]
        return {"Version": number}

    def create_alias(self, Name: str, FunctionVersion: str, RoutingConfig: Any = None, **_: Any) -> None:  # noqa: N803
        weights = (RoutingConfig or {}).get("AdditionalVersionWeights", {})
        self.aliases[Name] = {"version": FunctionVersion, "weights": weights, "revision": "0"}

    def get_alias(self, Name: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        alias = self.aliases[Name]
        routing = {"AdditionalVersionWeights": alias["weights"]} if alias["weights"] else None
        return {
            "FunctionVersion": alias["version"],
            "RevisionId": alias["revision"],
            "RoutingConfig": routing,
        }

    def update_alias(self, Name: str, RevisionId: str = "", RoutingConfig: Any = None, **_: Any) -> None:  # noqa: N803
        alias = self.aliases[Name]
        if RevisionId and self.guarded and RevisionId != alias["revision"]:
            raise failure("UpdateAlias", "PreconditionFailedException", 412)
        alias["revision"] += "'"
        if RoutingConfig is not None:
            written = {
                key: self.written(one) for key, one in RoutingConfig["AdditionalVersionWeights"].items()
            }
            alias["weights"] = {key: one for key, one in written.items() if one is not None}

    def add_permission(self, Qualifier: str, StatementId: str, **given: Any) -> None:  # noqa: N803
        condition = {
            "ArnLike": {"AWS:SourceArn": given["SourceArn"]},
            "StringEquals": {"AWS:SourceAccount": given["SourceAccount"]},
        }
        self.state(Qualifier, StatementId, condition)

    def state(self, qualifier: str, sid: str, condition: dict[str, Any]) -> None:
        """Adds a statement for Connect to the alias, or to the function for an empty qualifier."""
        self.policies.setdefault(qualifier, []).append(
            {"Sid": sid, "Principal": {"Service": "connect.amazonaws.com"}, "Condition": condition}
        )

    def get_policy(self, Qualifier: str = "", **_: Any) -> dict[str, str]:  # noqa: N803
        if not self.policies.get(Qualifier):
            raise failure("GetPolicy", "ResourceNotFoundException")
        return {"Policy": json.dumps({"Statement": self.policies[Qualifier]})}

    def invoke(self, Qualifier: str, Payload: bytes, **_: Any) -> dict[str, Any]:  # noqa: N803
        alias = self.aliases[Qualifier]
        candidate = next(iter(alias["weights"]), "")
        weight = alias["weights"].get(candidate, 0.0)
        turn = len(self.ran) % 2 == 0 and self.routed and weight > 0
        version = candidate if turn or (candidate and weight == 0 and self.runs_at_zero) else alias["version"]
        self.ran.append((self.now(), Qualifier, version, json.loads(Payload)["token"]))
        return {"ExecutedVersion": version}

    def delete_function(self, FunctionName: str, Qualifier: str = "") -> None:  # noqa: N803
        if not Qualifier:
            self.functions.pop(FunctionName)
        elif self.keeps_named and any(one["version"] == Qualifier for one in self.aliases.values()):
            raise failure("DeleteFunction", "ResourceConflictException", 409)
