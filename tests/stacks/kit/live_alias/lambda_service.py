"""Lambda's versions and aliases in memory, with the rules that the decisions depend on."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.stacks.kit.aws import ServiceError

FUNCTION = "patchbay-prod-lookup"
PREFIX = "arn:aws:lambda:eu-west-2:111122223333:function"
PAGE = 3


class FakeLambda:
    """One function. A number is never given twice; a version that an alias names cannot be deleted."""

    def __init__(self) -> None:
        self.versions: list[str] = []
        self.aliases: dict[str, dict[str, Any]] = {}
        self.gone = False
        self.writes: list[tuple[str, str]] = []
        """Operation and alias of each write that was carried out."""
        self.faults: dict[str, list[Exception | Callable[[], None]]] = defaultdict(list)
        """By operation: what the next calls run into before they are carried out."""
        self.after: dict[str, list[Exception]] = defaultdict(list)
        """By operation: what the next calls answer although they were carried out."""
        self._published = self._revision = 0

    def publish(self) -> str:
        self._published += 1
        self.versions.append(str(self._published))
        return self.versions[-1]

    def delete_version(self, version: str) -> None:
        if any(version in self.named(alias) for alias in self.aliases):
            raise ServiceError("ResourceConflictException", 409, f"version {version} is referenced")
        self.versions.remove(version)

    def named(self, alias: str) -> set[str]:
        found = self.aliases[alias]
        return {found["FunctionVersion"], *found["RoutingConfig"]["AdditionalVersionWeights"]}

    def where(self, alias: str) -> tuple[str, dict[str, float]] | None:
        """Version and weights."""
        found = self.aliases.get(alias)
        if found is None:
            return None
        return found["FunctionVersion"], found["RoutingConfig"]["AdditionalVersionWeights"]

    def by_hand(
        self, alias: str, version: str, weights: dict[str, float] | None = None, **fields: Any
    ) -> None:
        """An operator's `aws lambda update-alias` (or create-alias); the Description stays unless given."""
        change = {"FunctionVersion": version, "RoutingConfig": {"AdditionalVersionWeights": weights or {}}}
        self._store({"Name": alias, **change, **fields})

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        assert parameters["FunctionName"] == FUNCTION
        if self.faults[operation]:
            fault = self.faults[operation].pop(0)
            if isinstance(fault, Exception):
                raise fault
            fault()
        if self.gone:
            raise ServiceError("ResourceNotFoundException", 404, "Function not found")
        result: dict[str, Any] = getattr(self, f"_{operation}")(parameters)
        if operation in {"CreateAlias", "UpdateAlias", "DeleteAlias"}:
            self.writes.append((operation, parameters["Name"]))
        if self.after[operation]:
            raise self.after[operation].pop(0)
        return result

    def _ListVersionsByFunction(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        all_versions = ["$LATEST", *self.versions]
        start = int(parameters.get("Marker", "0"))
        page: dict[str, Any] = {"Versions": [{"Version": v} for v in all_versions[start : start + PAGE]]}
        return page | ({"NextMarker": str(start + PAGE)} if start + PAGE < len(all_versions) else {})

    def _GetAlias(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self._shown(self._found(parameters["Name"]))

    def _CreateAlias(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if parameters["Name"] in self.aliases:
            raise ServiceError("ResourceConflictException", 409, "Alias already exists")
        return self._shown(self._store(parameters))

    def _UpdateAlias(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        assert "RevisionId" in parameters, "every write is guarded"
        if self._found(parameters["Name"])["RevisionId"] != parameters["RevisionId"]:
            raise ServiceError("PreconditionFailedException", 412, "The Revision Id does not match")
        return self._shown(self._store(parameters))

    def _DeleteAlias(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._found(parameters["Name"])
        del self.aliases[parameters["Name"]]
        return {}

    def _found(self, name: str) -> dict[str, Any]:
        if name not in self.aliases:
            raise ServiceError("ResourceNotFoundException", 404, f"Alias not found: {name}")
        return self.aliases[name]

    def _store(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Fields that are left out keep their value."""
        empty: dict[str, Any] = {"Description": "", "RoutingConfig": {"AdditionalVersionWeights": {}}}
        given = {key: parameters[key] for key in parameters if key not in {"FunctionName", "RevisionId"}}
        stored = {**empty, **self.aliases.get(parameters["Name"], {}), **given}
        self._check(stored)
        self._revision += 1
        stored["RevisionId"] = f"revision-{self._revision}"
        self.aliases[stored["Name"]] = stored
        return stored

    def _check(self, alias: dict[str, Any]) -> None:
        weights = alias["RoutingConfig"]["AdditionalVersionWeights"]
        for version in [alias["FunctionVersion"], *weights]:
            if version not in [*self.versions, "$LATEST"]:
                raise ServiceError("ResourceNotFoundException", 404, f"Function not found: {version}")
        if weights and (len(weights) > 1 or "$LATEST" in [alias["FunctionVersion"], *weights]):
            raise ServiceError("InvalidParameterValueException", 400, "two published versions at most")
        if len(alias["Description"]) > 256:
            raise ServiceError("InvalidParameterValueException", 400, "Description is too long")

    def _shown(self, alias: dict[str, Any]) -> dict[str, Any]:
        """As GetAlias answers: no RoutingConfig where there are no weights."""
        shown = {**alias, "AliasArn": f"{PREFIX}:{FUNCTION}:{alias['Name']}"}
        if not alias["RoutingConfig"]["AdditionalVersionWeights"]:
            del shown["RoutingConfig"]
        return shown
