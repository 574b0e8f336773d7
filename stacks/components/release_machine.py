"""The state machine of the release controller: a step, a wait, the next step."""

from aws_cdk import Duration, RemovalPolicy, aws_iam, aws_lambda, aws_logs, aws_stepfunctions
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

_LOG_DELIVERY = [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
]
"""Step Functions developer guide, "Using CloudWatch Logs to log execution history": on every resource."""
_LOGS = "/aws/vendedlogs/states/"
"""The same page: each group of another name makes the account's resource policy of Logs longer, which has
5,120 characters. The name collides with nothing: a failed first deploy takes the group with it."""
_TRACES = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
]
"""Step Functions developer guide, "Trace Step Functions request data in AWS X-Ray": on every resource."""


class ReleaseMachine(Construct):
    """It outlives who started it. No Catch: a failed execution raises an alarm, and a sweep starts anew."""

    def __init__(self, scope: Construct, id_: str, *, name: str, step: aws_lambda.IFunction) -> None:
        super().__init__(scope, id_)
        role = self._role(step)
        self.resource = aws_stepfunctions.StateMachine(
            self,
            "Resource",
            state_machine_name=name,
            definition_body=aws_stepfunctions.DefinitionBody.from_chainable(self._definition(step)),
            # CDK would add the right to invoke every version of the step too.
            role=role.without_policy_updates(),
            logs=aws_stepfunctions.LogOptions(
                destination=aws_logs.LogGroup(
                    self,
                    "Logs",
                    log_group_name=f"{_LOGS}{name}",
                    retention=aws_logs.RetentionDays.ONE_MONTH,
                    removal_policy=RemovalPolicy.DESTROY,
                ),
                level=aws_stepfunctions.LogLevel.ERROR,
            ),
            tracing_enabled=True,
        )

    def _role(self, step: aws_lambda.IFunction) -> aws_iam.Role:
        rights = (
            (["lambda:InvokeFunction"], step.function_arn),
            (_LOG_DELIVERY, "*"),
            (_TRACES, "*"),
        )
        statements = [aws_iam.PolicyStatement(actions=actions, resources=[on]) for actions, on in rights]
        return aws_iam.Role(
            self,
            "Role",
            assumed_by=aws_iam.ServicePrincipal("states.amazonaws.com"),
            inline_policies={"Rights": aws_iam.PolicyDocument(statements=statements)},
        )

    def _definition(self, function: aws_lambda.IFunction) -> aws_stepfunctions.IChainable:
        step = tasks.LambdaInvoke(
            self,
            "Step",
            lambda_function=function,
            payload_response_only=True,
            retry_on_service_exceptions=False,
        )
        step.add_retry(errors=["States.ALL"], interval=Duration.seconds(5), backoff_rate=2, max_attempts=5)
        wait = aws_stepfunctions.Wait(self, "Wait", time=aws_stepfunctions.WaitTime.seconds_path("$.wait"))
        done = aws_stepfunctions.Condition.boolean_equals("$.done", True)
        return step.next(
            aws_stepfunctions.Choice(self, "Done?")
            .when(done, aws_stepfunctions.Succeed(self, "Ended"))
            .otherwise(wait.next(step))
        )
