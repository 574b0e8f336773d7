"""One call while it runs: its clock, what was heard so far, and the ways on from a block."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from patchbay.simulator import flowlog, references
from patchbay.simulator.asynchronous import Running
from patchbay.simulator.clock import Clock, seconds
from patchbay.simulator.contact import Contact
from patchbay.simulator.flow import Action, Flow
from patchbay.simulator.functions import Functions
from patchbay.simulator.given import Given
from patchbay.simulator.modules import Return
from patchbay.simulator.observers import Observer
from patchbay.simulator.participant import Participant
from patchbay.simulator.phone import NoPhone, Phone
from patchbay.simulator.transcript import Entry, Invocation, Who


class Ended(StrEnum):
    """Why the call, or this part of it, was over."""

    DISCONNECTED = "disconnected by flow"
    QUEUED = "transferred to queue"
    TRANSFERRED = "transferred to flow"
    PUT_THROUGH = "transferred to phone number"
    WAITING = "waiting in queue"
    FLOW_ENDED = "flow ended"
    MODULE_ENDED = "module ended"
    NO_NEXT = "no next block"
    HUNG_UP = "caller hung up"
    STEP_LIMIT = "step limit"


@dataclass
class Call:
    """What the actions work on."""

    flow: Flow
    contact: Contact
    clock: Clock
    functions: Functions
    observer: Observer
    flow_log: flowlog.FlowLog
    rng: random.Random
    participant: Participant
    flows: Mapping[str, Flow]
    """Flows that a transfer can go on in, and modules that can be invoked, by id, ARN or name."""
    hours_open: bool
    bots: Mapping[str, str] = field(default_factory=dict)
    """The ARN of the function that fulfils a bot's intents, by the ARN of the bot alias."""
    given: Mapping[str, Given] = field(default_factory=dict)
    """What came of blocks that the simulator cannot know of, by the block's Identifier or its type."""
    returns: list[Return] = field(default_factory=list)
    """Where each module that runs returns to, the innermost last."""
    asynchronous: dict[str, Running] = field(default_factory=dict)
    """Functions that were invoked asynchronously, by invocation id."""
    phone: Phone = field(default_factory=NoPhone)
    transcript: list[Entry] = field(default_factory=list)
    invocations: list[Invocation] = field(default_factory=list)
    longest_chain_ms: int = 0
    """Of functions without a prompt between them, so far."""
    ended: Ended | None = None

    def note(self, who: Who, text: str) -> None:
        """Adds a line at the present time."""
        entry = Entry(self.clock.now_ms, who, text)
        self.transcript.append(entry)
        self.participant.hears(entry)

    def silence(self, milliseconds: int, why: str, *, passed: bool = False) -> None:
        """The caller hears nothing for that long; `passed` where that time has really gone by already."""
        if milliseconds > 0:
            self.note(Who.SILENCE, f"{seconds(milliseconds)} of silence: {why}")
            self.clock.advance(milliseconds, passed=passed)

    def look_at_the_phone(self) -> None:
        """Notes the text messages that came in."""
        for message in self.phone.new_messages():
            self.note(Who.PHONE, f"text message: {message}")

    def hangs_up(self) -> bool:
        """Whether the customer puts the receiver down before a question, which ends the call."""
        if self.participant.hangs_up():
            self.end(Ended.HUNG_UP, "the caller hangs up")
        return self.ended is not None

    def end(self, why: Ended, text: str) -> None:
        """Nothing runs after this."""
        self.ended = why
        self.note(Who.FLOW, text)

    def text(self, value: object) -> str:
        """`value` with its references read."""
        return references.text(value, self.contact.data())

    def parameter(self, action: Action, name: str) -> str:
        """A parameter as text; "" where it is absent."""
        return self.text(action.parameters.get(name))

    def log(self, action: Action, parameters: Mapping[str, object], **more: object) -> None:
        """Writes the block's flow-log entry, while logging is on."""
        entry = flowlog.entry(self.contact, self.flow, action, self.clock, parameters)
        if entry is not None:
            self.flow_log.write({**entry, **more})
