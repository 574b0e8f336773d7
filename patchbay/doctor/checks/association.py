"""Whether the flow designer offers every function."""

from collections.abc import Iterator

from patchbay.doctor import deployed, proposed
from patchbay.doctor.flow_blocks import not_listed_at
from patchbay.doctor.model import Check, Finding, Mend, Place, Scene, passed, skipped, warned
from patchbay.live.model import LiveInstance, Read, Unread


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.instances:
        wanted = scene.environment.associated_arns(live.instance)
        unread = not_listed_at(scene, live)
        if unread is not None:
            yield skipped(Place(instance=live.instance.name), unread)
        elif isinstance(live.associations, Read):
            for arn in wanted:
                yield _one(scene, live, arn, listed=arn in live.associations.value)


def _one(scene: Scene, live: LiveInstance, arn: str, *, listed: bool) -> Finding:
    place = _place(scene, live, arn)
    if listed:
        return passed(place, "is in the flow designer's list")
    made = deployed.associated(scene, live.instance)
    if made is not None and arn not in made:
        return skipped(place, Unread("the stack does not have it yet: see stacks-from-code"))
    name = live.instance.name
    command = proposed.connect("associate-lambda-function", live.instance, f"--function-arn {arn}")
    mend = Mend(f"associate {arn} with instance {name}", "associate", {"instance": name, "arn": arn})
    sentence = (
        f"{arn} is not in the flow designer's list; flows that name it still work, because the policy of the "
        f"alias decides{_refusal(live, arn)}"
    )
    return warned(
        place, sentence, f"patchbay doctor --env {scene.environment.name} --fix, or: {command}", mend
    )


def _refusal(live: LiveInstance, arn: str) -> str:
    """API reference, AssociateLambdaFunction, says nothing of functions elsewhere."""
    _, _, _, region, account, *_ = arn.split(":")
    if (region, account) == (live.instance.arn.region, live.instance.arn.account):
        return ""
    return "; it is of another Region or account than the instance, which Connect may refuse"


def _place(scene: Scene, live: LiveInstance, arn: str) -> Place:
    name = arn.split(":")[6].removeprefix(scene.environment.names.function(""))
    return Place(function=name, region=arn.split(":")[3], instance=live.instance.name)


CHECK = Check(
    "association",
    "the flow designer lists the alias of every function",
    "Without it nobody can choose the function in the flow designer; blocks that name its ARN still work.",
    "associate the alias: patchbay doctor --fix",
    'Amazon Connect administrator guide, "Grant Amazon Connect access to your Lambda functions": '
    "https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html",
    _look,
)
