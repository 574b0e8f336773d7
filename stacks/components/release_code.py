"""What the release controller's step Lambda is made of."""

from collections.abc import Iterator
from pathlib import Path

from patchbay.config import Environment
from patchbay.functions import Function, Kind
from stacks.packing import PackedCode, stage

_KIT = Path(__file__).parent.parent / "kit"
_PACKAGES = ("release", "release_rule", "live_alias")
_COMMON = ("common/__init__.py", "common/response.py")
"""The check of a response, which a warm-up applies too."""


def release_code(environment: Environment) -> PackedCode:
    """The controller, and the recorded events that warm a candidate up: the same in every Region."""
    lambdas = environment.root / "lambdas"
    files = {str(path.relative_to(_KIT)): path for name in _PACKAGES for path in _KIT.glob(f"{name}/*.py")}
    files |= {path: lambdas / path for path in _COMMON}
    for function in environment.functions.values():
        files |= {f"warm_up/{function.name}/{path.name}": path for path in _warm_up(lambdas, function)}
    return stage(environment.root / "build", "release", files)


def _warm_up(lambdas: Path, function: Function) -> Iterator[Path]:
    """Where a call has effects, only the events that the function's author put aside as harmless."""
    if function.kind is Kind.FLOW:
        folder = lambdas / function.name / "events"
        yield from (folder / "warm_up" if function.effects else folder).glob("*.json")
