"""A contact flow with its placeholders filled."""

import json

from aws_cdk import aws_connect
from constructs import Construct

from patchbay.arns import InstanceArn

# Connect API reference, CreateContactFlow: Type. Left: what an exported flow's metadata calls it.
_TYPES = {
    "contactFlow": "CONTACT_FLOW",
    "customerQueue": "CUSTOMER_QUEUE",
    "customerHold": "CUSTOMER_HOLD",
    "customerWhisper": "CUSTOMER_WHISPER",
    "agentHold": "AGENT_HOLD",
    "agentWhisper": "AGENT_WHISPER",
    "outboundWhisper": "OUTBOUND_WHISPER",
    "agentTransfer": "AGENT_TRANSFER",
    "queueTransfer": "QUEUE_TRANSFER",
}


class ContactFlow(Construct):
    """One flow of the instance; `content` is the flow language with nothing left to fill."""

    def __init__(self, scope: Construct, id_: str, *, instance: InstanceArn, name: str, content: str) -> None:
        super().__init__(scope, id_)
        metadata = json.loads(content).get("Metadata", {})
        self.resource = aws_connect.CfnContactFlow(
            self,
            "Resource",
            instance_arn=str(instance),
            name=name,
            type=_TYPES[metadata.get("type", "contactFlow")],
            description=metadata.get("description"),
            content=content,
        )
