"""Metric math as CloudWatch evaluates it for an alarm, in one period: the part of it that templates here use.

Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics". None is a period without
data; what is computed from it has none either, but for FILL.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence

Value = float | None
Lookup = Callable[[str], Value]

_BINARY: Mapping[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARED: Mapping[type[ast.AST], Callable[[float, float], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS = {"IF": 3, "FILL": 2, "SERVICE_QUOTA": 1}
"""How many arguments each takes."""


class UnknownMath(ValueError):
    """An expression that the embedded AWS cannot evaluate."""


def parse(expression: str) -> ast.expr:
    """Raises UnknownMath where something in it is not known here."""
    try:
        tree = ast.parse(re.sub(r"\b(AND|OR)\b", lambda word: word[0].lower(), expression), mode="eval").body
    except SyntaxError as error:
        raise UnknownMath(f"the embedded AWS cannot read the metric math {expression!r}") from error
    for node in ast.walk(tree):
        if not _is_known(node):
            raise UnknownMath(f"the embedded AWS does not know {ast.unparse(node)!r} in {expression!r}")
    return tree


def evaluate(expression: str, metric: Lookup, quota: Lookup) -> Value:
    """`metric` gives the period's value of an id, `quota` the service quota of the metric with that id."""
    return _Evaluation(metric, quota).of(parse(expression))


def _is_known(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        named = node.func.id if isinstance(node.func, ast.Name) else ""
        return _FUNCTIONS.get(named) == len(node.args) and not node.keywords
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float)
    if isinstance(node, ast.Compare):
        return len(node.ops) == 1
    known = (ast.Name, ast.Load, ast.BinOp, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.USub)
    return isinstance(node, (*known, *_BINARY, *_COMPARED))


class _Evaluation:
    def __init__(self, metric: Lookup, quota: Lookup) -> None:
        self._metric, self._quota = metric, quota

    def of(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant):
            assert isinstance(node.value, int | float)
            return float(node.value)
        if isinstance(node, ast.Name):
            return self._metric(node.id)
        if isinstance(node, ast.Call):
            return self._called(node)
        return self._operated(node)

    def _operated(self, node: ast.expr) -> Value:
        if isinstance(node, ast.BinOp):
            return _both(_BINARY[type(node.op)], self.of(node.left), self.of(node.right))
        if isinstance(node, ast.Compare):
            return _both(_COMPARED[type(node.ops[0])], self.of(node.left), self.of(node.comparators[0]))
        if isinstance(node, ast.BoolOp):
            return _joined([self.of(value) for value in node.values], isinstance(node.op, ast.And))
        assert isinstance(node, ast.UnaryOp)
        return _both(operator.sub, 0.0, self.of(node.operand))

    def _called(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Name)
        if node.func.id == "SERVICE_QUOTA":
            return self._quota(ast.unparse(node.args[0]))
        if node.func.id == "FILL":
            value = self.of(node.args[0])
            return self.of(node.args[1]) if value is None else value
        condition = self.of(node.args[0])
        return None if condition is None else self.of(node.args[1 if condition else 2])


def _both(operate: Callable[[float, float], float | bool], left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    try:
        return float(operate(left, right))
    except ZeroDivisionError:
        return None


def _joined(values: Sequence[Value], conjunction: bool) -> Value:
    if None in values:
        return None
    return float(all(values) if conjunction else any(values))
