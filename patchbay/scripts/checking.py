"""Holds a call to its script: pure, from the script and what came of the call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from patchbay.scripts import written
from patchbay.scripts.walk import Walk, shown
from patchbay.scripts.written import WrittenCall
from patchbay.simulator import stubs
from patchbay.simulator.call import Ended
from patchbay.simulator.clock import seconds
from patchbay.simulator.transcript import CallResult, Invocation, Who


@dataclass(frozen=True)
class Miss:
    """An expectation that did not come true."""

    path: str
    line: int
    expected: str
    """The line of the script."""
    happened: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.expected}: {self.happened}"


@dataclass
class _Check:
    """What the steps look at: the conversation, the flow's lines of a kind, and the phone each in order."""

    result: CallResult
    resources: Mapping[str, str]
    conversation: Walk = field(init=False)
    notes: dict[Who, Walk] = field(init=False)
    invocations: list[Invocation] = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = Walk(self.result.transcript)
        self.notes = {who: Walk(self.result.transcript) for who in (Who.BRANCH, Who.FLOW, Who.PHONE)}
        self.invocations = list(self.result.invocations)

    @property
    def prompts(self) -> list[str]:
        """What was heard."""
        return [entry.text for entry in self.result.transcript if entry.who is Who.PROMPT]


def check(call: WrittenCall, result: CallResult, resources: Mapping[str, str] | None = None) -> list[Miss]:
    """What did not happen as written, all of it. `resources` are ARNs by the keys that the script uses."""
    looked = _Check(result, resources or {})
    missed = ((step, _CHECKS[type(step.what)](step.what, looked)) for step in call.steps)
    return [Miss(call.path, step.line, step.text, happened) for step, happened in missed if happened]


def _hears(step: written.Hears, at: _Check) -> str | None:
    if at.conversation.finds(Who.PROMPT, step.text):
        return None
    earlier = " (it was heard before)" if any(step.text in prompt for prompt in at.prompts) else ""
    return f"{at.conversation.ahead(Who.PROMPT, step.text)}{earlier}"


def _keys(step: written.Keys, at: _Check) -> str | None:
    if step.keys is None:
        asked = at.conversation.meets(Who.SILENCE, lambda text: text.endswith("nothing is keyed"))
    else:
        asked = at.conversation.meets(Who.CALLER, lambda text: text == f"keys {step.keys}")
    return None if asked else "the flow did not ask for it here"


def _keys_the_code(_step: written.KeysTheCode, at: _Check) -> str | None:
    if not any(entry.who is Who.PHONE for entry in at.result.transcript):
        return "no text message came"
    asked = at.conversation.meets(Who.CALLER, lambda text: text.startswith("keys "))
    return None if asked else "the flow did not ask for it here"


def _says(step: written.Says, at: _Check) -> str | None:
    if step.utterance is None:
        return None
    words = step.utterance.text
    return None if at.conversation.finds(Who.CALLER, words) else "the flow did not listen for it here"


def _hangs_up(_step: written.HangsUp, at: _Check) -> str | None:
    return None if at.result.ended == Ended.HUNG_UP else f"the call was over before: {at.result.ended}"


def _receives(step: written.Receives, at: _Check) -> str | None:
    return _found(Who.PHONE, step.text, at)


def _notes(step: written.Notes, at: _Check) -> str | None:
    return _found(Who(step.kind), step.text, at)


def _found(who: Who, text: str, at: _Check) -> str | None:
    walk = at.notes[who]
    return None if walk.finds(who, text) else walk.ahead(who, text)


def _invokes(step: written.Invokes, at: _Check) -> str | None:
    for number, invocation in enumerate(at.invocations):
        if _is(step.function, invocation) and _fits(step, invocation):
            del at.invocations[: number + 1]
            return None
    return f"next {', '.join(map(_told, at.invocations))}" if at.invocations else "nothing more was invoked"


def _fits(step: written.Invokes, invocation: Invocation) -> bool:
    return step.region in (None, invocation.region) and step.outcome in (None, invocation.outcome)


def _is(function: str, invocation: Invocation) -> bool:
    """By the name that Lambda knows it by, the placeholder's, or the end of it: `tutorial`."""
    return any(name == function or name.endswith(f"-{function}") for name in stubs.names(invocation.function))


def _told(invocation: Invocation) -> str:
    where = f" in {invocation.region}" if invocation.region else ""
    return f"{invocation.function}{where}: {invocation.outcome}"


def _never_hears(step: written.NeverHears, at: _Check) -> str | None:
    found = next((prompt for prompt in at.prompts if step.text in prompt), None)
    return None if found is None else f"heard {shown(found)}"


def _never_invokes(step: written.NeverInvokes, at: _Check) -> str | None:
    found = next((i for i in at.result.invocations if _is(step.function, i)), None)
    return None if found is None else f"it ran: {_told(found)}"


def _silence(step: written.SilenceAtMost, at: _Check) -> str | None:
    longest = at.result.longest_silence_ms()
    return None if longest <= step.seconds * 1000 else f"the longest was {seconds(longest)}"


def _chain(step: written.ChainAtMost, at: _Check) -> str | None:
    longest = at.result.longest_chain_ms
    return None if longest <= step.seconds * 1000 else f"the longest was {seconds(longest)}"


def _attribute(step: written.AttributeIs, at: _Check) -> str | None:
    value = at.result.attributes.get(step.key)
    if value == step.value:
        return None
    return "it is not set" if value is None else f"it is {shown(value)}"


def _ends(step: written.Ends, at: _Check) -> str | None:
    last = at.result.transcript[-1].text if at.result.transcript else ""
    where = at.resources.get(step.where, step.where) if step.where else ""
    if at.result.ended == step.how and where in last:
        return None
    return f"it ended {at.result.ended}: {last}"


_CHECKS: Mapping[type, Callable[..., str | None]] = {
    written.Hears: _hears,
    written.Keys: _keys,
    written.KeysTheCode: _keys_the_code,
    written.Says: _says,
    written.HangsUp: _hangs_up,
    written.Receives: _receives,
    written.Notes: _notes,
    written.Invokes: _invokes,
    written.NeverHears: _never_hears,
    written.NeverInvokes: _never_invokes,
    written.SilenceAtMost: _silence,
    written.ChainAtMost: _chain,
    written.AttributeIs: _attribute,
    written.Ends: _ends,
}
