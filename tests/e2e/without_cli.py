"""What the CDK CLI does ahead of a deploy, in this process: it would wake up Node.js twice.

The template is the CLI's own, and the assembly says where it looks for each asset. One deployment of the
end-to-end tests (`deployed`) goes its whole way by the CLI.
"""

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.environments import ROOT
from patchbay.local.process import LocalAws

_STACK = "CDKToolkit"
_TEMPLATE = ROOT / "node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml"
"""What `cdk bootstrap --show-template` prints."""
_CHOSEN = {"FileAssetsBucketKmsKeyId": "AWS_MANAGED_KEY", "PublicAccessBlockConfiguration": "true"}
"""What the CLI sets where nobody says otherwise."""


def bootstrap(environment: Environment, aws: LocalAws, _report: Callable[[str], None]) -> None:
    """As `patchbay.local.cdk.bootstrap`."""
    clients = Aws(environment, aws.url)
    targets = {(environment.account, region) for region in environment.regions}
    targets |= {(instance.arn.account, instance.arn.region) for instance in environment.instances}
    for account, region in targets:
        chosen = _CHOSEN if account == environment.account else {**_CHOSEN, **_trust(environment.account)}
        cloudformation = clients.client("cloudformation", region, account)
        cloudformation.create_stack(
            StackName=_STACK,
            TemplateBody=_TEMPLATE.read_text(),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in chosen.items()],
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
        waiter: Any = cloudformation.get_waiter("stack_create_complete")
        waiter.config.delay = 0.05
        waiter.wait(StackName=_STACK)


def publish(environment: Environment, aws: LocalAws, assembly: Path) -> None:
    """As `patchbay.local.cdk.publish`."""
    clients = Aws(environment, aws.url)
    for manifest in sorted(assembly.glob("*.assets.json")):
        for asset in json.loads(manifest.read_text())["files"].values():
            body = _body(assembly / asset["source"]["path"], asset["source"]["packaging"])
            for place in asset["destinations"].values():
                account = place["assumeRoleArn"].replace("${AWS::Partition}", "aws").split(":")[4]
                s3 = clients.client("s3", place["region"], account)
                s3.put_object(Bucket=place["bucketName"], Key=place["objectKey"], Body=body)


def _trust(account: str) -> dict[str, str]:
    rights = "arn:aws:iam::aws:policy/AdministratorAccess"
    return {"TrustedAccounts": account, "CloudFormationExecutionPolicies": rights}


def _body(source: Path, packaging: str) -> bytes:
    return _zipped(source) if packaging == "zip" else source.read_bytes()


@cache
def _zipped(folder: Path) -> bytes:
    """With every file's mode, as the CLI zips."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                zipped.write(path, path.relative_to(folder))
    return content.getvalue()
