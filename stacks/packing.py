"""What goes into an asset: allow-lists for code, and the layer of PyPI packages."""

import compileall
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aws_cdk import FileSystem, IgnoreMode, aws_lambda

from patchbay.errors import UserError
from patchbay.functions import Function
from stacks.runtime import ARCHITECTURE, PYTHON

_COMPILED = "compiled"
"""A mark in the layer's folder: its bytecode was made on purpose, for Lambda's Python."""
_UV_PLATFORMS = {"arm64": "aarch64-manylinux_2_28", "x86_64": "x86_64-manylinux_2_28"}


@dataclass(frozen=True)
class PackedCode:
    """Code of one function and the hash of exactly the files it holds."""

    code: aws_lambda.AssetCode
    fingerprint: str


def pack_function(lambdas: Path, function: Function) -> PackedCode:
    """The function's own modules and the common ones, those of its language only."""
    return pack(lambdas, function.name, "common", suffix=Path(function.runtime.handler_file).suffix)


def pack(folder: Path, *packages: str, suffix: str = ".py") -> PackedCode:
    """The modules of some packages below `folder`, importable by those names, and nothing else.

    An allow-list, so that editing one function gives a new version to that one only, and what a test run
    leaves behind (bytecode) gives a new version to none.
    """
    exclude = ["**", *(f"!{package}/*{suffix}" for package in packages)]
    fingerprint = FileSystem.fingerprint(str(folder), exclude=exclude, ignore_mode=IgnoreMode.DOCKER)
    code = aws_lambda.Code.from_asset(
        str(folder), exclude=exclude, ignore_mode=IgnoreMode.DOCKER, asset_hash=fingerprint
    )
    return PackedCode(code, fingerprint)


def stage(build: Path, name: str, files: Mapping[str, Path]) -> PackedCode:
    """Files of several folders in one asset, by their paths in it.

    Kept in `build`, as the layer is. The hash is that of paths and contents, so it is the same on every
    machine and changes with them alone.
    """
    contents = {path: files[path].read_bytes() for path in sorted(files)}
    facts = [[path, hashlib.sha256(content).hexdigest()] for path, content in contents.items()]
    fingerprint = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    target = build / f"{name}-{fingerprint[:16]}"
    if not target.exists():
        _write(contents, target)
    # What ran from the staged folder may have left bytecode.
    code = aws_lambda.Code.from_asset(str(target), exclude=["**/__pycache__"], asset_hash=fingerprint)
    return PackedCode(code, fingerprint)


def _write(contents: Mapping[str, bytes], target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch) / "staged"
        for path, content in contents.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        _put(folder, target)


@dataclass(frozen=True)
class Layer:
    """The layer's folder and a hash that is the same on every machine."""

    path: Path
    fingerprint: str
    bytecode: bool
    """Whether it was compiled for Lambda's Python, which saves more than half of a cold import."""


def pack_layer(root: Path) -> Layer:
    """The packages of requirements-layer.txt for Lambda's Python and platform, without Docker.

    Kept in `build/`, so only a changed lock packs again. The hash comes from the lock, the Python and the
    platform, never from the output. Raises UserError when uv cannot fetch the packages.
    """
    lock = root / "requirements-layer.txt"
    python = PYTHON.name.removeprefix("python")
    platform = _UV_PLATFORMS[ARCHITECTURE.name]
    fingerprint = hashlib.sha256(lock.read_bytes() + f"{python} {platform}".encode()).hexdigest()
    target = root / "build" / f"layer-{fingerprint[:16]}"
    if not target.exists():
        _install(lock, target, python, platform)
    return Layer(target, fingerprint, (target / _COMPILED).exists())


def _install(lock: Path, target: Path, python: str, platform: str) -> None:
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        packages = Path(scratch) / "layer" / "python"
        uv = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--requirement",
            str(lock),
        ]
        where = ["--target", str(packages), "--python-version", python, "--python-platform", platform]
        done = subprocess.run(  # noqa: S603 - our own arguments
            [*uv, *where, "--only-binary", ":all:"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise UserError(f"the Lambda layer could not be packed from {lock.name}: {done.stderr.strip()}")
        if _compile(packages, python):
            (packages.parent / _COMPILED).touch()
        _put(packages.parent, target)


def _put(folder: Path, target: Path) -> None:
    """At once, whole: a second synth may pack the same."""
    try:
        folder.rename(target)
    except OSError:
        if not target.exists():
            raise


def _compile(packages: Path, python: str) -> bool:
    """Bytecode serves only the very Python that Lambda runs, so it is made where that one is installed."""
    interpreter = shutil.which(f"python{python}")
    if f"{sys.version_info.major}.{sys.version_info.minor}" == python:
        mode = compileall.PycInvalidationMode.UNCHECKED_HASH  # type: ignore[attr-defined]
        compileall.compile_dir(packages, quiet=2, invalidation_mode=mode)
        return True
    if interpreter:
        compile_all = [interpreter, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
        subprocess.run([*compile_all, str(packages)], check=True)  # noqa: S603 - our own arguments
    return interpreter is not None
