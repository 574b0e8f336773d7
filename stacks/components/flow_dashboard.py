"""The dashboard of one instance; what it shows is in `patchbay.monitoring.dashboard`."""

import json
from typing import Any

from aws_cdk import CfnOutput, aws_cloudwatch
from constructs import Construct

from patchbay.arns import InstanceArn

_CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


class FlowDashboard(Construct):
    """Its name is generated: dashboards of all Regions of an account share one list of names."""

    def __init__(self, scope: Construct, id_: str, *, instance: InstanceArn, body: dict[str, Any]) -> None:
        super().__init__(scope, id_)
        dashboard = aws_cloudwatch.CfnDashboard(
            self, "Resource", dashboard_body=json.dumps(body, separators=(",", ":"))
        )
        console = _CONSOLES.get(instance.partition, _CONSOLES["aws"])
        CfnOutput(
            self,
            "Url",
            value=f"https://{console}/cloudwatch/home?region={instance.region}#dashboards:name={dashboard.ref}",
            description="The dashboard of the instance's flows and functions",
        )
