"""What there is, and what is to be done about it."""

from dataclasses import dataclass

from live_alias import record
from live_alias.executions import Run
from live_alias.record import Record
from live_alias.routing import Routing

POLICY_HINT = (
    "; the alias had been deleted by hand and its resource policy with it: until the permissions are made "
    "again (AWS::Lambda::Permission, aws lambda add-permission) Connect may not invoke it"
)


@dataclass(frozen=True)
class Alias:
    """An alias as GetAlias shows it."""

    routing: Routing
    description: str
    revision_id: str | None
    """None for an alias that is not there and is to be created."""

    @property
    def record(self) -> Record | None:
        """None where the Description is not ours."""
        return record.parse(self.description)


@dataclass(frozen=True)
class Snapshot:
    """The function's aliases and published versions at one moment."""

    live: Alias | None
    previous: Alias | None
    versions: frozenset[str]


@dataclass(frozen=True)
class Write:
    """UpdateAlias, whole and guarded by the revision; CreateAlias where there is none."""

    name: str
    routing: Routing
    description: str
    revision_id: str | None


@dataclass(frozen=True)
class Remove:
    """DeleteAlias."""

    name: str


Step = Write | Remove


@dataclass(frozen=True)
class Decision:
    """What to do, in this order, and where callers are afterwards."""

    steps: tuple[Step, ...]
    live: Routing | None
    note: str
    """A sentence for Data.Note and the log."""
    run: Run | None = None
    """The execution that is to work on the release from here on, where one is."""
