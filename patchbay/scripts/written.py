"""A written call, read and frozen: how it begins, what the caller does, what is expected of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from patchbay.simulator.given import Given
from patchbay.simulator.participant import Utterance


@dataclass(frozen=True)
class Hears:
    """A prompt holds this text."""

    text: str


@dataclass(frozen=True)
class Keys:
    """The caller keys this; None: nothing, until the time for it is over."""

    keys: str | None


@dataclass(frozen=True)
class KeysTheCode:
    """The caller keys the digits of the newest text message."""


@dataclass(frozen=True)
class Says:
    """The caller says this to a bot; None: nothing."""

    utterance: Utterance | None


@dataclass(frozen=True)
class HangsUp:
    """The caller puts the receiver down at the next question."""


@dataclass(frozen=True)
class Receives:
    """A text message with this text comes in on the caller's phone."""

    text: str


@dataclass(frozen=True)
class Notes:
    """A branch or flow line of the transcript holds this text."""

    kind: str
    """branch or flow, as in the transcript."""
    text: str


@dataclass(frozen=True)
class Invokes:
    """A block invokes this function; what is None does not matter."""

    function: str
    region: str | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class NeverHears:
    """No prompt of the whole call holds this text."""

    text: str


@dataclass(frozen=True)
class NeverInvokes:
    """No block of the whole call invokes this function."""

    function: str


@dataclass(frozen=True)
class SilenceAtMost:
    """The caller never hears nothing for longer."""

    seconds: float


@dataclass(frozen=True)
class ChainAtMost:
    """Functions never run for longer without a prompt between them."""

    seconds: float


@dataclass(frozen=True)
class AttributeIs:
    """A contact attribute at the end of the call; None: it is not set."""

    key: str
    value: str | None


@dataclass(frozen=True)
class Ends:
    """How the call ends, and where: a resource key, an ARN, or a part of one."""

    how: str
    where: str | None


What = (
    Hears
    | Keys
    | KeysTheCode
    | Says
    | HangsUp
    | Receives
    | Notes
    | Invokes
    | NeverHears
    | NeverInvokes
    | SilenceAtMost
    | ChainAtMost
    | AttributeIs
    | Ends
)


@dataclass(frozen=True)
class Step:
    """One line of the script."""

    line: int
    text: str
    what: What


@dataclass(frozen=True)
class WrittenCall:
    """One script."""

    path: str
    title: str
    """The comment that it begins with; the name of the file where there is none."""
    flow: str
    """The name of a deployed flow, or the path of a flow file."""
    steps: tuple[Step, ...]
    address: str | None = None
    channel: str = "VOICE"
    attributes: Mapping[str, str] = field(default_factory=dict)
    hours_open: bool = True
    pace: float = 0.0
    stubs: tuple[str, ...] = ()
    """FUNCTION=FILE, as `--stub` takes them."""
    allow_effects: bool = False
    given: Mapping[str, Given] = field(default_factory=dict)

    @property
    def needs_environment(self) -> bool:
        """Whether its flow is a deployed one; one of a file runs with its stubs alone."""
        return not self.flow.endswith(".json")
