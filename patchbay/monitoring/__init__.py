"""What is watched of an instance's flows and functions: names, filter patterns, queries, a dashboard's body.

Pure: no aws_cdk, so the embedded AWS counts what the stacks' metric filters would.
"""
