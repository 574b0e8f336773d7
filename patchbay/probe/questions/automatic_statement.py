"""AssociateLambdaFunction needs lambda:AddPermission of its caller; where it adds one is on no page."""

from typing import Any

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import PLAIN, Bench
from patchbay.probe.questions import listing
from patchbay.probe.questions.statements import is_own_intact, is_scoped, worded


def ask(bench: Bench) -> Answer:
    listing.associated(bench)
    on_function, on_alias = bench.home.statements(None), bench.home.statements(PLAIN)
    if not is_own_intact(on_alias, bench):
        return Answer.no("the alias's own statement was changed", worded(on_alias))
    added = {
        "on the function": on_function,
        "on the alias": [one for one in on_alias if not is_own_intact([one], bench)],
    }
    return _judged({where: found for where, found in added.items() if found}, bench)


def _judged(added: dict[str, list[dict[str, Any]]], bench: Bench) -> Answer:
    if not added:
        return Answer.yes("nowhere", "the alias has its own statement only, the function none")
    evidence = "; ".join(f"{where}: {worded(found)}" for where, found in added.items())
    if all(is_scoped(one, bench) for found in added.values() for one in found):
        return Answer.yes(" and ".join(added), evidence)
    return Answer.no(f"{' and '.join(added)}, wider than this instance", evidence)


QUESTION = Question(
    id="automatic-statement",
    asked="Where does the statement land that an association adds by itself?",
    how="GetPolicy of function and alias after the association",
    assumed="the alias's own statement stays; one that is added names exactly this instance",
    ask=ask,
)
