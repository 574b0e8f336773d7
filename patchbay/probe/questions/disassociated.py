"""Whether Connect takes more away with an association than it brought: our statement must stay."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import PLAIN, Bench
from patchbay.probe.questions import listing
from patchbay.probe.questions.statements import is_own_intact, worded


def ask(bench: Bench) -> Answer:
    arn = listing.associated(bench)
    before = bench.home.statements(None), bench.home.statements(PLAIN)
    bench.associations.disassociate(arn)
    after = bench.home.statements(None), bench.home.statements(PLAIN)
    changed = "nothing changed" if before == after else "the association's own statement went"
    if not is_own_intact(after[1], bench):
        return Answer.no("the alias's own statement is gone", f"the alias has {worded(after[1])}")
    return Answer.yes("the alias's own statement stays", changed)


QUESTION = Question(
    id="disassociated",
    asked="Does taking an association away leave the alias's own statement?",
    how="DisassociateLambdaFunction, then GetPolicy of function and alias",
    assumed="it stays",
    ask=ask,
)
