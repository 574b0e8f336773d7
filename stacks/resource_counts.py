"""How many resources each stack has, and what to do where CloudFormation would not take them."""

import json
from collections.abc import Mapping
from pathlib import Path

import aws_cdk as cdk

from patchbay.errors import UserError
from patchbay.limits import STACK_RESOURCES_MAX

NO_LIMIT = {"@aws-cdk/core:stackResourceLimit": 0}
"""Context with which the CDK writes such a template, so that it can be counted, instead of a traceback."""


def synthesize(app: cdk.App) -> None:
    """Raises UserError where a stack has more resources than CloudFormation takes."""
    try:
        app.synth()
    except RuntimeError:
        check(_counts(app))
        raise
    check(_counts(app))


def check(counts: Mapping[str, int]) -> None:
    """`counts` are resources by stack. Raises UserError, with a sentence for each stack of too many."""
    over = [
        f"stack {stack} has {count} resources, and CloudFormation takes no more than {STACK_RESOURCES_MAX}: "
        "list fewer functions in this environment file, or give some of its instances a Region group of "
        "other Regions, or an environment of their own"
        for stack, count in counts.items()
        if count > STACK_RESOURCES_MAX
    ]
    if over:
        raise UserError("\n".join(over))


def _counts(app: cdk.App) -> dict[str, int]:
    """Of the templates as they were written; a stack that was not has none."""
    stacks = [child for child in app.node.children if isinstance(child, cdk.Stack)]
    written = {stack.stack_name: Path(app.outdir) / stack.template_file for stack in stacks}
    return {
        name: len(json.loads(path.read_text()).get("Resources", ()))
        for name, path in written.items()
        if path.exists()
    }
