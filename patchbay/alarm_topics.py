"""Which SNS topics the alarms of a Lambda Region notify.

An alarm notifies topics of its own Region alone, and the instance may be in another one.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from patchbay.arns import Arn
from patchbay.errors import UserError
from patchbay.limits import ALARM_ACTIONS_MAX

if TYPE_CHECKING:
    from patchbay.config import Environment


def _of_their_regions(topics: dict[str, str]) -> dict[str, str]:
    for region, text in topics.items():
        arn = Arn.parse(text)
        if (arn.service, arn.region) != ("sns", region):
            raise ValueError(
                f"{text} is not an SNS topic of {region}, and an alarm notifies none of another Region: "
                f"write arn:aws:sns:{region}:ACCOUNT:NAME, or leave {region} out"
            )
    return topics


AlarmTopics = Annotated[dict[str, str], AfterValidator(_of_their_regions)]
"""The ARN of a topic by the Region it is in."""


def check_regions(topics: Mapping[str, str], regions: tuple[str, ...]) -> None:
    """Raises ValueError where a Region is not one of the group's."""
    for region in topics:
        if region not in regions:
            raise ValueError(
                f"alarm_topics names {region!r}: use the Regions of the group, {', '.join(regions)}"
            )


def topic_arns(environment: "Environment", region: str) -> tuple[str, ...]:
    """The group's topic for the Region; without one, those of its instances that are there and ours.

    Raises UserError where those are more than an alarm can notify.
    """
    named = environment.group_of_region(region).alarm_topics.get(region)
    if named is not None:
        return (named,)
    instances = [i for i in environment.instances if region in environment.group(i).regions]
    given = [instance.alarm_topic_arn for instance in instances if instance.alarm_topic_arn]
    here = tuple(dict.fromkeys(text for text in given if _place(text) == (region, environment.account)))
    if len(here) > ALARM_ACTIONS_MAX:
        raise UserError(
            f"the instances of {region} name {len(here)} alarm topics, and an alarm notifies no more than "
            f"{ALARM_ACTIONS_MAX}: name one for {region} in alarm_topics of their region group"
        )
    return here


def _place(text: str) -> tuple[str, str]:
    arn = Arn.parse(text)
    return arn.region, arn.account
