"""A contact flow with its placeholders filled."""

from aws_cdk import aws_connect
from constructs import Construct

from patchbay import flow_types
from patchbay.arns import InstanceArn


class ContactFlow(Construct):
    """One flow of the instance; `content` is the flow language with nothing left to fill."""

    def __init__(self, scope: Construct, id_: str, *, instance: InstanceArn, name: str, content: str) -> None:
        super().__init__(scope, id_)
        header = flow_types.header(content, name)
        self.resource = aws_connect.CfnContactFlow(
            self,
            "Resource",
            instance_arn=str(instance),
            name=name,
            type=header.type,
            description=header.description,
            content=content,
        )
