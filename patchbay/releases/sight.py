"""One look at a release that is being watched: what is known of it now. Pure but for `look`."""

from dataclasses import dataclass

from live_alias.executions import Run
from live_alias.progress import ENDS, Phase, Progress
from patchbay.releases import evidence, standing
from patchbay.releases.clients import Desk
from patchbay.releases.evidence import Execution
from patchbay.releases.standing import Standing
from release.state import State
from release_rule.bounds import Bounds
from release_rule.rule import odds

PROMOTED = frozenset({Phase.WATCH, Phase.DONE})


@dataclass(frozen=True)
class Sight:
    """One site."""

    standing: Standing
    execution: Execution | None

    @property
    def progress(self) -> Progress | None:
        """None where no release is on record."""
        return self.standing.progress

    @property
    def state(self) -> State | None:
        """What the controller counted; None where it cannot be seen."""
        return self.execution.state if self.execution else None

    @property
    def bounds(self) -> Bounds | None:
        """While the tests decide."""
        state = self.state
        shifting = self.progress is not None and self.progress.phase is Phase.SHIFT
        return odds(state.tally) if shifting and state is not None and state.tally else None

    @property
    def missing(self) -> str:
        """Why there is less to see than there might be."""
        return self.execution.missing if self.execution else ""

    @property
    def note(self) -> str:
        """The last step, or what led here, in a few words."""
        state, progress = self.state, self.progress
        if progress is not None and progress.phase in ENDS:
            return progress.why
        return (state.note if state else "") or (progress.why if progress else "")

    def is_over(self, *, until_done: bool) -> bool:
        """Whether there is nothing more to wait for."""
        phase = self.progress.phase if self.progress else None
        return phase is None or phase in ENDS or (phase is Phase.WATCH and not until_done)

    @property
    def is_promoted(self) -> bool:
        """Whether every caller is on the candidate for good, as far as one can say now."""
        return self.progress is not None and self.progress.phase in PROMOTED and self.standing.weight == 1

    @property
    def news(self) -> tuple[object, ...]:
        """What makes a new line where there is no terminal."""
        state, progress = self.state, self.progress
        counted = (state.candidate, state.watched.failed, state.stuck) if state else None
        return (progress, self.standing.routing, counted, self.missing)


def look(desk: Desk, last: Run | None = None) -> Sight:
    """Raises Refused, ClientError. `last`: the execution that was seen last, to begin with."""
    found = standing.read(desk.lambda_, desk.site)
    run = evidence.first(found)
    if run is None or not desk.site.leads:
        return Sight(found, None)
    if last is not None and (last.candidate, last.at) == (run.candidate, run.at):
        run = last
    return Sight(found, evidence.look(desk.states, desk.site, run))
