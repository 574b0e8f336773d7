"""Sentences for the operator."""

import json
from collections.abc import Mapping

from association.errors import AssociationError, RefusedError
from association.request import Instance

# "Response object" of CDK's custom resource provider framework: 4096 bytes, of which ids and ARNs take some.
WARNINGS_MAX_BYTES = 2_400


def cannot_list(instance: Instance, refusal: RefusedError) -> AssociationError:
    """ListLambdaFunctions failed."""
    if refusal.not_found:
        return AssociationError(
            f"Connect in {instance.region} does not find the instance {instance.arn} (404): check its id, "
            "its Region and the account of this stack in the environment file"
        )
    return AssociationError(f"Connect does not list the Lambda functions of {instance.arn}: {refusal}")


def cannot_associate(instance: Instance, arn: str, refusal: RefusedError, count: int) -> AssociationError:
    """AssociateLambdaFunction failed; `count` is how many functions the instance has now."""
    if refusal.quota:
        return AssociationError(
            f"the instance {instance.arn} has no room for {arn}: {count} functions are associated now, "
            'and its quota "AWS Lambda functions per instance" (50 unless raised) is used up (402); '
            "remove associations that no flow needs, or have the quota raised in Service Quotas, and "
            "deploy again"
        )
    if refusal.not_found:
        return AssociationError(
            f"Connect in {instance.region} does not find the instance {instance.arn} or the function {arn} "
            f"(404): check that both are there, in Region {instance.region} and account {instance.account}, "
            "and that the stack with the function was deployed first"
        )
    return AssociationError(f"Connect does not associate {arn} with {instance.arn}: {refusal}")


def cannot_disassociate(instance: Instance, arn: str, refusal: RefusedError) -> AssociationError:
    """DisassociateLambdaFunction failed."""
    return AssociationError(f"Connect does not disassociate {arn} from {instance.arn}: {refusal}")


def not_shown(instance: Instance, arn: str, *, conflict: bool) -> AssociationError:
    """The list does not show what the answer to AssociateLambdaFunction lets one expect."""
    answer = "answered 409, that it is associated already" if conflict else "accepted it"
    return AssociationError(
        f"Connect {answer}, but the list of {instance.arn} does not show {arn}: "
        "look the request up in CloudTrail (AssociateLambdaFunction) and deploy again"
    )


def warning(instance: Instance, skipped: Mapping[str, str]) -> str:
    """What it means that functions of another Region or account are not associated.

    `skipped` is reason by ARN. Short enough for the response; the log has each in full. "" for none.
    """
    if not skipped:
        return ""
    start = (
        f"{len(skipped)} of another Region or account not associated with {instance.arn}: the flow "
        "designer's drop-down does not offer them; flows that name the ARN still work, because the policy "
        "of the alias decides: "
    )
    items = [f"{arn} ({reason})" for arn, reason in skipped.items()]
    shown = len(items)
    while shown and _bytes(text := start + _enumeration(items, shown)) > WARNINGS_MAX_BYTES:
        shown -= 1
    return text if shown else f"{start}see the log of the handler"


def _enumeration(items: list[str], shown: int) -> str:
    rest = len(items) - shown
    return ", ".join(items[:shown]) + (f" and {rest} more, see the log of the handler" if rest else "")


def _bytes(text: str) -> int:
    return len(json.dumps(text))
