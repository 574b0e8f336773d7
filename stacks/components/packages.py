"""The layer with what handlers import from PyPI."""

from aws_cdk import Annotations, aws_lambda
from constructs import Construct

from stacks.packing import Layer
from stacks.runtime import ARCHITECTURE, PYTHON

_UNCOMPILED = (
    f"the Lambda layer holds no bytecode: put {PYTHON.name} on PATH and remove build/ "
    "to have it compiled, which saves more than half of a cold import"
)


class Packages(Construct):
    """One layer for every function of a Region."""

    def __init__(self, scope: Construct, id_: str, *, layer: Layer) -> None:
        super().__init__(scope, id_)
        self.fingerprint = layer.fingerprint
        if not layer.bytecode:
            Annotations.of(self).add_info(_UNCOMPILED)
        # Bytecode of another Python, left by a test that imported the packages, has no business in Lambda.
        exclude = ["compiled"] if layer.bytecode else ["**/__pycache__"]
        code = aws_lambda.Code.from_asset(str(layer.path), exclude=exclude, asset_hash=layer.fingerprint)
        self.layer = aws_lambda.LayerVersion(
            self,
            "Resource",
            code=code,
            compatible_runtimes=[PYTHON],
            compatible_architectures=[ARCHITECTURE],
            description="What handlers import from PyPI (requirements-layer.txt)",
        )
