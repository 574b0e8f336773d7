"""AWS's pages contradict each other on functions of another Region; the kit goes on where one is refused.

See `association.execute`: what it takes for such a refusal, and what it does with one that is not listed.
"""

from association.execute import FOREIGN_REFUSALS
from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import PLAIN, Bench
from patchbay.probe.questions import listing


def ask(bench: Bench) -> Answer:
    arn = f"{bench.other.arn}:{PLAIN}"
    bench.needs(bench.associations)
    refusal = bench.associations.associate(arn)
    if refusal:
        known = refusal.code in FOREIGN_REFUSALS
        text = "refused, as the deploy expects" if known else "refused with a code that fails a deploy"
        return (Answer.yes if known else Answer.no)(text, str(refusal))
    shown, listed = listing.shown(bench, arn)
    if shown:
        return Answer.yes("accepted, and listed as it was", f"an alias of {bench.site.other_region}")
    if listed:
        return Answer.no("accepted, but listed another way", f"ListLambdaFunctions gives {', '.join(listed)}")
    return Answer.yes("accepted, but not listed", "the deploy notes it and goes on")


QUESTION = Question(
    id="other-region-arn",
    asked="Does Connect associate an alias ARN of another Region?",
    how="AssociateLambdaFunction of the other Region's alias, then ListLambdaFunctions",
    assumed="it is listed as it was, or refused in a way that the deploy goes on from",
    ask=ask,
)
