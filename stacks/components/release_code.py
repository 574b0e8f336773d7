"""What the release controller's step Lambda is made of."""

from pathlib import Path

from patchbay.config import Environment
from patchbay.function_folders import warm_up_events
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
        files |= {f"warm_up/{function.name}/{path.name}": path for path in warm_up_events(lambdas, function)}
    return stage(environment.root / "build", "release", files)
