"""What a line of a script can say: one form a row, tried in order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from patchbay.scripts.written import (
    AttributeIs,
    ChainAtMost,
    Ends,
    HangsUp,
    Hears,
    Invokes,
    Keys,
    KeysTheCode,
    NeverHears,
    NeverInvokes,
    Notes,
    Receives,
    Says,
    SilenceAtMost,
    What,
)
from patchbay.simulator.call import Ended
from patchbay.simulator.given import Given
from patchbay.simulator.participant import Utterance
from patchbay.simulator.verdicts import Outcome


@dataclass(frozen=True)
class Setting:
    """A line that says how the call begins."""

    name: str
    """A field of WrittenCall."""
    value: object
    key: str | None = None
    """Where the field is a mapping."""


Found = re.Match[str]
_PAIR = re.compile(r'([\w.-]+)\s*=\s*("[^"]*"|.*?)(?=\s+and\s+[\w.-]+\s*=|\s*$)')


@dataclass(frozen=True)
class Form:
    """One way to write a line."""

    usage: str
    """As a complaint proposes it; begins with the line's first word."""
    pattern: str
    """Of the rest of the line."""
    build: Callable[[Found], What | tuple[Setting, ...]]

    @property
    def word(self) -> str:
        """The line's first word."""
        return self.usage.split()[0]


def plain(text: str) -> str:
    """Without the quotation marks around it."""
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def pairs(text: str | None) -> dict[str, str]:
    """`amount = 42 and currency = CAD` as a mapping; what is not written so is left out."""
    return {key: plain(value) for key, value in _PAIR.findall(text or "")}


def nested(dotted: Mapping[str, str]) -> dict[str, object]:
    """`{"Case.status": "open"}` as `{"Case": {"status": "open"}}`."""
    tree: dict[str, object] = {}
    for path, value in dotted.items():
        *branches, leaf = path.split(".")
        at = tree
        for branch in branches:
            inner = at.setdefault(branch, {})
            at = inner if isinstance(inner, dict) else {}
        at[leaf] = value
    return tree


def _given(found: Found) -> tuple[Setting, ...]:
    result = Given(plain(found[2]), nested(pairs(found[3])))
    return (Setting("given", result, plain(found[1])),)


def _says(found: Found) -> Says:
    return Says(Utterance(plain(found[1]), found[2], pairs(found[3])))


_WITH = r"(?:\s+with\s+(.+=.*))?"
_NUMBER = r"(\d+(?:\.\d+)?)"
_FUNCTION = r"(\S+?)"
_ENDS = "|".join(sorted(Ended, key=len, reverse=True))

FORMS = (
    Form(
        "call FLOW from +14165550044",
        r"(\S+)(?:\s+from\s+(\S+))?",
        lambda m: (Setting("flow", m[1]), Setting("address", m[2])),
    ),
    Form("channel CHAT", "(VOICE|CHAT|TASK|EMAIL)", lambda m: (Setting("channel", m[1]),)),
    Form("attribute KEY = VALUE", r"(\S+)\s*=\s*(.*)", lambda m: (Setting("attributes", plain(m[2]), m[1]),)),
    Form("attribute KEY is not set", r"(\S+)\s+is\s+not\s+set", lambda m: AttributeIs(m[1], None)),
    Form("attribute KEY is VALUE", r"(\S+)\s+is\s+(.+)", lambda m: AttributeIs(m[1], plain(m[2]))),
    Form("hours closed", "(open|closed)", lambda m: (Setting("hours_open", m[1] == "open"),)),
    Form("pace 0.2", _NUMBER, lambda m: (Setting("pace", float(m[1])),)),
    Form(
        "stub FUNCTION in REGION = FILE.json",
        r"([^=]+?)\s*=\s*(\S.*)",
        lambda m: (Setting("stubs", m[2], plain(m[1])),),
    ),
    Form("allow effects", "effects", lambda _: (Setting("allow_effects", True),)),
    Form("given BLOCK-OR-TYPE = RESULT", rf"(.+?)\s*=\s*(.+?){_WITH}", _given),
    Form("hears TEXT", "(.+)", lambda m: Hears(plain(m[1]))),
    Form("keys nothing", "nothing", lambda _: Keys(None)),
    Form("keys the code from the text message", "the code from the text message", lambda _: KeysTheCode()),
    Form("keys 12#", "([0-9*#]+)", lambda m: Keys(m[1])),
    Form("says nothing", "nothing", lambda _: Says(None)),
    Form('says "WORDS" meaning INTENT with SLOT = VALUE', rf'"(.+)"\s+meaning\s+([\w.-]+){_WITH}', _says),
    Form("hangs up", "up", lambda _: HangsUp()),
    Form("receives TEXT", "(.+)", lambda m: Receives(plain(m[1]))),
    Form("branch TEXT", "(.+)", lambda m: Notes("branch", plain(m[1]))),
    Form("flow TEXT", "(.+)", lambda m: Notes("flow", plain(m[1]))),
    Form(
        "invokes FUNCTION in REGION: OUTCOME",
        rf"{_FUNCTION}(?:\s+in\s+([a-z0-9-]+))?(?:\s*:\s+({'|'.join(Outcome)}))?",
        lambda m: Invokes(m[1], m[2], m[3]),
    ),
    Form("never hears TEXT", r"hears\s+(.+)", lambda m: NeverHears(plain(m[1]))),
    Form("never invokes FUNCTION", rf"invokes\s+{_FUNCTION}", lambda m: NeverInvokes(m[1])),
    Form("silence at most 8 s", rf"at\s+most\s+{_NUMBER}\s*s", lambda m: SilenceAtMost(float(m[1]))),
    Form("chain at most 20 s", rf"at\s+most\s+{_NUMBER}\s*s", lambda m: ChainAtMost(float(m[1]))),
    Form(
        "ends disconnected by flow",
        rf"({_ENDS})(?:\s+(.+))?",
        lambda m: Ends(m[1], plain(m[2]) if m[2] else None),
    ),
)

OUTCOMES, ENDINGS = ", ".join(Outcome), ", ".join(Ended)
HELP = {"invokes": f"an outcome is one of {OUTCOMES}", "ends": f"a call ends {ENDINGS.replace(', ', ' | ')}"}
"""What a complaint about these words adds."""
