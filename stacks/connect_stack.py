"""One Connect instance, in its Region and account: associations, contact flows, monitoring."""

from typing import Any

from aws_cdk import Stack
from constructs import Construct

from patchbay.config import Environment, Instance
from patchbay.naming import construct_id
from stacks.components.association import Association
from stacks.components.contact_flow import ContactFlow
from stacks.components.flow_monitoring import FlowMonitoring


class ConnectStack(Stack):
    """What the instance itself holds; deployed after the functions that its flows name."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        environment: Environment,
        instance: Instance,
        flows: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, id_, **kwargs)
        association = Association(
            self,
            "Association",
            instance=instance.arn,
            alias_arns=environment.associated_arns(instance),
            function_arns=[environment.function_arn("*", "*")],
            state_path=environment.names.association_path(instance.arn.instance_id),
        )
        FlowMonitoring(self, "Monitoring", environment=environment, instance=instance)
        # An exchanged instance gets flows of its own: CloudFormation would update the old ones in place.
        scope = Construct(self, f"Instance{instance.arn.instance_id}")
        for name, content in flows.items():
            flow = ContactFlow(
                scope,
                construct_id(name),
                instance=instance.arn,
                name=environment.names.flow(name),
                content=content,
            )
            flow.node.add_dependency(association)
