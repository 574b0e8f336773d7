"""Where a flow module returns to."""

from dataclasses import dataclass

from patchbay.simulator.contact import Local
from patchbay.simulator.flow import Action, Flow


@dataclass(frozen=True)
class Return:
    """The flow that invoked the module, and what it keeps to itself meanwhile."""

    flow: Flow
    block: Action
    local: Local
