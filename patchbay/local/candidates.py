"""Versions with other code, published past the stack: for the demo and for tests."""

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from patchbay.aws import Aws
from patchbay.config import Environment

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
    return client.publish_version(FunctionName=name)["Version"]


def zipped(root: Path, function: str, modules: dict[str, str]) -> bytes:
    """What the stack packs for a function, with modules of the function replaced or added."""
    lambdas = root / "lambdas"
    packed = {
        str(path.relative_to(lambdas)): path.read_text()
        for package in (function, "common")
        for path in sorted((lambdas / package).glob("*.py"))
    }
    packed |= {f"{function}/{module}.py": text for module, text in modules.items()}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for path, text in packed.items():
            file.writestr(path, text)
    return archive.getvalue()
