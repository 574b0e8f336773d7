"""Whether this machine can deploy."""

from collections.abc import Iterator

from patchbay.doctor.model import Check, Finding, Place, Scene, Tools, failed, passed, skipped, warned
from patchbay.live.model import Unread

_HERE = Place()
_SETUP = "make setup"


def _look(scene: Scene) -> Iterator[Finding]:
    yield _node(scene.tools)
    yield _cdk(scene.tools)


def _node(tools: Tools) -> Finding:
    if not tools.node:
        return failed(_HERE, "Node.js does not start, and the CDK CLI runs on it", _SETUP)
    if tools.node_least and _major(tools.node) < _major(tools.node_least):
        wrong = f"Node.js is {tools.node}, but the pinned CDK CLI wants {tools.node_least} or newer"
        return failed(_HERE, wrong, _SETUP)
    return passed(_HERE, f"Node.js is {tools.node}")


def _cdk(tools: Tools) -> Finding:
    if not tools.node:
        return skipped(_HERE, Unread("the CDK CLI cannot start without Node.js"))
    if not tools.cdk:
        return failed(_HERE, "the CDK CLI does not start", _SETUP)
    if tools.cdk != tools.cdk_wanted:
        wrong = f"the CDK CLI is {tools.cdk}, but package-lock.json pins {tools.cdk_wanted}"
        return warned(_HERE, wrong, _SETUP)
    return passed(_HERE, f"the CDK CLI is {tools.cdk}")


def _major(version: str) -> int:
    return int(version.partition(".")[0])


CHECK = Check(
    "tools",
    "CDK CLI and Node.js are those that are pinned",
    "A CLI that is older than the library refuses its templates: nothing can be deployed when it must be.",
    "install what is locked: make setup",
    'AWS CDK developer guide, "AWS CDK versioning": https://docs.aws.amazon.com/cdk/v2/guide/versioning.html',
    _look,
)
