"""Blocks that only choose a branch.

Operators: Amazon Connect developer guide, "Flow language actions"; the page of DistributeByPercentage calls
its operator NumericLessThan, exported flows NumberLessThan.
"""

from collections.abc import Callable
from decimal import Decimal

from patchbay.simulator.branches import NO_MATCHING_CONDITION, NO_MATCHING_ERROR, on_error, on_result
from patchbay.simulator.call import Call
from patchbay.simulator.flow import Action, Condition
from patchbay.simulator.numbers import number
from patchbay.simulator.transcript import Who

_TEXT: dict[str, Callable[[str, str], bool]] = {
    "Equals": lambda value, operand: value == operand,
    "TextStartsWith": lambda value, operand: value.startswith(operand),
    "TextEndsWith": lambda value, operand: value.endswith(operand),
    "TextContains": lambda value, operand: operand in value,
}
_NUMBER: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "NumberGreaterThan": lambda value, operand: value > operand,
    "NumberGreaterOrEqualTo": lambda value, operand: value >= operand,
    "NumberLessThan": lambda value, operand: value < operand,
    "NumericLessThan": lambda value, operand: value < operand,
    "NumberLessOrEqualTo": lambda value, operand: value <= operand,
}
_LOGGED = {
    "TextStartsWith": "StartsWith",
    "TextEndsWith": "EndsWith",
    "TextContains": "Contains",
    "NumberGreaterThan": "GreaterThan",
    "NumberGreaterOrEqualTo": "GreaterThanOrEqualTo",
    "NumberLessThan": "LessThan",
    "NumberLessOrEqualTo": "LessThanOrEqualTo",
}


def compare(action: Action, call: Call) -> str | None:
    """Check contact attributes: the first condition that holds. Upper and lower case differ."""
    return first_that_holds(action, call, call.parameter(action, "ComparisonValue"))


def distribute_by_percentage(action: Action, call: Call) -> str | None:
    """A random number from 1 to 100 against a chain of less-than conditions."""
    return first_that_holds(action, call, str(call.rng.randint(1, 100)))


def loop(action: Action, call: Call) -> str | None:
    """ContinueLooping as often as LoopCount says, then DoneLooping once, then from the start again."""
    count = number(call.parameter(action, "LoopCount"))
    if count is None:
        return on_error(action, call, NO_MATCHING_ERROR, "LoopCount is not a number")
    done = call.contact.loops.get(action.identifier, 0)
    finished = done >= count
    call.contact.loops[action.identifier] = 0 if finished else done + 1
    call.log(action, {"LoopCount": str(count)}, Results="Done" if finished else "NotDone")
    return on_result(action, call, "DoneLooping" if finished else "ContinueLooping")


def check_hours_of_operation(action: Action, call: Call) -> str | None:
    """Open or closed, as the call was told; nothing looks at a calendar."""
    call.log(action, {})
    call.note(Who.FLOW, f"the hours of operation are taken as {'open' if call.hours_open else 'closed'}")
    return on_result(action, call, str(call.hours_open))


def first_that_holds(action: Action, call: Call, value: str) -> str | None:
    """The first condition that `value` meets, else the NoMatchingCondition branch."""
    for condition in action.conditions:
        operands = [call.text(operand) for operand in condition.operands]
        holds = any(_holds(condition, value, operand, call) for operand in operands)
        method = _LOGGED.get(condition.operator, condition.operator)
        logged = {"ComparisonMethod": method, "Value": value, "SecondValue": ", ".join(operands)}
        call.log(action, logged, Results=str(holds).lower())
        if holds:
            test = f"{value!r} {condition.operator} {', '.join(map(repr, operands))}"
            call.note(Who.BRANCH, f"{action.identifier!r}: {test}, to {condition.next!r}")
            return condition.next
    return on_error(action, call, NO_MATCHING_CONDITION, f"no condition holds for {value!r}")


def _holds(condition: Condition, value: str, operand: str, call: Call) -> bool:
    if condition.operator in _TEXT:
        return _TEXT[condition.operator](value, operand)
    if condition.operator not in _NUMBER:
        call.note(
            Who.FLOW, f"the operator {condition.operator} is not simulated; its condition counts as not met"
        )
        return False
    left, right = number(value), number(operand)
    return left is not None and right is not None and _NUMBER[condition.operator](left, right)
