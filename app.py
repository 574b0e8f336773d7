"""The CDK app: load one environment, build its stacks, synthesize. It makes no AWS call."""

import sys
from collections.abc import Iterable

import aws_cdk as cdk

from patchbay import environments
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.lint.model import Finding
from stacks import resource_counts
from stacks.connect_stack import ConnectStack
from stacks.functions_stack import FunctionsStack
from stacks.packing import pack_layer


def build(app: cdk.App, environment: Environment) -> None:
    """Every stack of the environment: functions first, then the instances that they are wired to."""
    flows = {
        instance.name: environments.rendered_flows(environment, instance)
        for instance in environment.instances
    }
    layer = pack_layer(environment.root)
    functions = {
        region: FunctionsStack(
            app,
            environment.names.functions_stack(region),
            environment=environment,
            region=region,
            layer=layer,
            env=cdk.Environment(account=environment.account, region=region),
        )
        for region in environment.regions
    }
    for instance in environment.instances:
        connect = ConnectStack(
            app,
            environment.names.connect_stack(instance.name),
            environment=environment,
            instance=instance,
            flows=flows[instance.name],
            env=cdk.Environment(account=instance.arn.account, region=instance.arn.region),
        )
        show(environments.flow_remarks(flows[instance.name], environment, instance), connect)
        for region in environment.group(instance).regions:
            connect.add_stack_dependency(functions[region])
    cdk.Tags.of(app).add("app", environment.app)
    cdk.Tags.of(app).add("environment", environment.name)


def show(remarks: Iterable[Finding], stack: cdk.Stack) -> None:
    """The flow lint's warnings, as the CDK shows its own; what is accepted, as information."""
    shown = cdk.Annotations.of(stack)
    for finding in remarks:
        if finding.is_warning:
            shown.add_warning_v2(f"patchbay:{finding.rule.id}", finding.sentence)
        else:
            shown.add_info_v2(f"patchbay:{finding.rule.id}", finding.sentence)


def main() -> None:
    """Exits with code 2 and one sentence (one for each fault of a flow) when nothing can be built."""
    app = cdk.App(context=resource_counts.NO_LIMIT)
    try:
        build(app, environments.load(app.node.try_get_context("env")))
        resource_counts.synthesize(app)
    except UserError as error:
        sys.stderr.writelines(f"patchbay: {sentence}\n" for sentence in str(error).splitlines())
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
