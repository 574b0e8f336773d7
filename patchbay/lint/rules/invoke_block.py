"""What an Invoke block may hold.

Source: Amazon Connect developer guide, "InvokeLambdaFunction".
"""

import difflib
from collections.abc import Iterator

from patchbay.lint.linted_flow import ASYNCHRONOUS, LintedFlow
from patchbay.lint.model import Rule, Severity, Spot
from patchbay.simulator.flow import Action

_PARAMETERS = (
    "LambdaFunctionARN",
    "InvocationTimeLimitSeconds",
    "InvocationType",
    "LambdaInvocationAttributes",
    "ResponseValidation",
)
_TYPES = ("SYNCHRONOUS", ASYNCHRONOUS)


def _find(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        for wrong in _wrong(invocation.action):
            yield Spot(block, wrong)


def _wrong(action: Action) -> Iterator[str]:
    parameters = action.parameters
    if "LambdaFunctionARN" not in parameters:
        yield "has no LambdaFunctionARN"
    for name in parameters:
        if name not in _PARAMETERS and (meant := difflib.get_close_matches(name, _PARAMETERS, n=1)):
            yield f"has the parameter {name}: did you mean {meant[0]}"
    if parameters.get("InvocationType", _TYPES[0]) not in _TYPES:
        yield f"InvocationType is {parameters['InvocationType']!r}, but Connect knows {' and '.join(_TYPES)}"
    if action.conditions:
        yield "has Conditions, but an Invoke block takes NextAction and Errors only"


def _find_unknown(flow: LintedFlow) -> Iterator[Spot]:
    for block, invocation in flow.invocations.items():
        for name in invocation.action.parameters:
            if name not in _PARAMETERS and not difflib.get_close_matches(name, _PARAMETERS, n=1):
                yield Spot(block, f"has the parameter {name}, which AWS's page of the block does not list")


RULES = (
    Rule(
        "invoke-block",
        Severity.ERROR,
        f"An Invoke block has the parameters {', '.join(_PARAMETERS)} and no conditions.",
        "Connect refuses the flow when it is deployed.",
        "branch on $.External with a Compare block, and write the parameters as the developer guide does",
        _find,
    ),
    Rule(
        "invoke-parameter",
        Severity.WARNING,
        "An Invoke block has no other parameters.",
        "Connect refuses parameters that it does not know; AWS adds some from time to time.",
        "drop it, or try the flow on an instance",
        _find_unknown,
    ),
)
