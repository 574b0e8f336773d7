"""Versions with other code, published past the stack: for the demo and for tests."""

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.functions import Runtime

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

Place = tuple[str, str]
"""Region and function (the folder's name)."""


def publish(environment: Environment, aws: Aws, place: Place, **modules: str) -> str:
    """A version of the project's code with some of its modules replaced or added; gives its number."""
    region, function = place
    client: LambdaClient = aws.client("lambda", region)
    name = environment.names.function(function)
    client.update_function_code(FunctionName=name, ZipFile=zipped(environment.root, function, modules))
    version = client.publish_version(FunctionName=name)["Version"]
    client.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier=version, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
    return version


def zipped(root: Path, function: str, modules: dict[str, str]) -> bytes:
    """What the stack packs for a function, with modules of the function replaced or added.

    The same bytes for the same code.
    """
    lambdas = root / "lambdas"
    suffix = _suffix(lambdas / function)
    packed = {
        str(path.relative_to(lambdas)): path.read_text()
        for package in (function, "common")
        for path in sorted((lambdas / package).glob(f"*{suffix}"))
    }
    packed |= {f"{function}/{module}{suffix}": text for module, text in modules.items()}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for path, text in packed.items():
            # Without a date, so that the same code has the same hash in every Region.
            file.writestr(zipfile.ZipInfo(path), text)
    return archive.getvalue()


def _suffix(folder: Path) -> str:
    """Of the modules in the function's language."""
    files = (runtime.handler_file for runtime in Runtime)
    return next(Path(file).suffix for file in files if (folder / file).exists())
