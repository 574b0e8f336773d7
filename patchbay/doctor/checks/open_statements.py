"""Statements that let in more than one source."""

from collections.abc import Iterator

from patchbay.doctor import called, permissions, removal
from patchbay.doctor.model import Check, Finding, Scene, failed, passed, skipped, warned
from patchbay.live.model import LiveFunction, Statement, Unread

_WILD = frozenset("*?")


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        absent = called.absent(scene, live)
        for unread in (absent, live.policy, live.bare_policy):
            if isinstance(unread, Unread):
                yield skipped(called.place(live), unread)
                break
        else:
            yield from _function(scene, live)


def _function(scene: Scene, live: LiveFunction) -> Iterator[Finding]:
    everything = (*permissions.statements(live.policy), *permissions.statements(live.bare_policy))
    found = [(statement, words) for statement in everything if (words := _open(statement))]
    for statement, words in found:
        sentence = f"statement {statement.sid} lets in {_who(statement)} {words}"
        tell = failed if _anybody(statement) else warned
        yield tell(called.place(live), sentence, _fix(scene, live, statement))
    if not found:
        yield passed(called.place(live), f"each of {len(everything)} statements names one source")


def _open(statement: Statement) -> str:
    """How it is open, in words; empty where it is not. An account as principal says who it is."""
    is_service = statement.principal.endswith(".amazonaws.com")
    if statement.raw.get("Effect") != "Allow" or not (is_service or "*" in statement.principal):
        return ""
    if statement.source_account is None:
        return "of any account: it names no SourceAccount"
    for name, value in (("SourceAccount", statement.source_account), ("SourceArn", statement.source_arn)):
        if _WILD & set(value or ""):
            return f"by a pattern: its {name} is {value}"
    if "*" in statement.principal:
        return f"of account {statement.source_account}: its principal is *"
    return "" if statement.source_arn else f"of account {statement.source_account}: it names no SourceArn"


def _anybody(statement: Statement) -> bool:
    """Everybody with an AWS account."""
    return statement.principal == "*" and not statement.raw.get("Condition")


def _who(statement: Statement) -> str:
    return "anybody" if "*" in statement.principal else f"whatever {statement.principal} calls for"


def _fix(scene: Scene, live: LiveFunction, statement: Statement) -> str:
    """Whoever gets in by this statement alone is let in by one of their own first, or at once after it."""
    remove = removal.by_hand(live, statement)
    wanted = [each for each in permissions.standings(scene, live) if not each.exact]
    again = f"patchbay doctor --env {scene.environment.name} --fix"
    if not wanted or statement not in permissions.statements(live.policy):
        return remove
    if removal.is_owned(scene, statement):
        return f"{remove}; then at once, because calls are refused until then: {again}"
    return f"{again}; then: {remove}"


CHECK = Check(
    "open-statements",
    "every statement names one source and its account",
    "Without SourceAccount, or with a wildcard, an instance or a bot of a stranger may invoke the function.",
    "remove the statement, once an exact one lets the environment's own in",
    'IAM user guide, "The confused deputy problem": '
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    _look,
)
