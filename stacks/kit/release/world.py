"""What a step needs from outside; `release.aws` has it from AWS, tests from a simulated one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from live_alias.executions import Run
from live_alias.record import Record
from live_alias.state import Snapshot, Write
from release.evidence import History, Reading
from release.settings import Lead
from release.state import State
from release.view import View


@dataclass(frozen=True)
class News:
    """One change of a release's state."""

    function: str
    candidate: str
    stable: str | None
    phase: str
    """Or `superseded`, where the alias records another release, or none."""
    weight: float
    why: str
    stuck: bool
    paused: bool


class World(Protocol):
    """One function in one Region.

    Whatever reads evidence raises `release.evidence.Unreadable`; whatever reads or writes an alias raises
    DecideAnewError or LiveAliasError.
    """

    def now(self) -> float:
        """Epoch seconds."""

    def snapshot(self) -> Snapshot:
        """The function's aliases and versions."""

    def apply(self, steps: tuple[Write, ...]) -> None:
        """Writes them in this order."""

    def leader(self, lead: Lead) -> Record | None:
        """What the alias of the same function in the leading Region records; None where there is none.

        Raises Unreadable."""

    def obstacle(self, candidate: str, stable: str) -> str:
        """Why the two versions cannot share an alias, in a sentence; "" where they can."""

    def warm_up(self, candidate: str) -> str:
        """Invokes the candidate with the recorded events: what went wrong in a sentence, "" where nothing."""

    def history(self, version: str) -> History:
        """The last seven days of a version."""

    def read(self, versions: tuple[str, ...], since: float, until: float, source: str) -> Reading:
        """What these versions' contacts met between two times in epoch seconds."""

    def cross_check(
        self, since: float, until: float, attempts: Mapping[str, int], failures: Mapping[str, int]
    ) -> str | None:
        """Where lines and metrics disagree, in a sentence."""

    def tell(self, news: News) -> None:
        """Everybody who listens. Never raises: a release does not fail for its news."""

    def still_stuck(self) -> None:
        """The metric alone, at each step in which nothing changed. Never raises."""

    def report(self, run: Run, end: str, view: View | None, state: State) -> None:
        """Leaves the report of a release that ended; `end`: its last phase, or `superseded` (without a view).

        Never raises.
        """

    def succeed(self, run: Run, payload: Mapping[str, object]) -> None:
        """Starts the next execution of the same release."""
