"""What handlers run on in Lambda, named once: functions and layer must agree."""

from aws_cdk import aws_lambda

from patchbay.functions import Function, Runtime

PYTHON = aws_lambda.Runtime.PYTHON_3_14
"""The newest that CDK offers (a test says when that changes)."""

NODE = aws_lambda.Runtime.NODEJS_24_X
"""The newest that CDK offers (a test says when that changes)."""

ARCHITECTURE = aws_lambda.Architecture.ARM_64


def runtime_of(runtime: Runtime) -> aws_lambda.Runtime:
    """The version that a function of this runtime is deployed with."""
    return PYTHON if runtime is Runtime.PYTHON else NODE


def handler_of(function: Function) -> str:
    """How Lambda is told the entry point: a module of a package in Python, a file's path in Node.js."""
    separator = "." if function.runtime is Runtime.PYTHON else "/"
    return f"{function.name}{separator}handler.handler"
