"""Numbers that AWS sets and the kit keeps to, each with the page it comes from."""

# Step Functions API reference, StartExecution: name, at most 80 characters.
EXECUTION_NAME_MAX_CHARS = 80
# Lambda API reference, UpdateAlias: Description, at most 256 characters.
DESCRIPTION_MAX_CHARS = 256
# EventBridge API reference, Target: Input, at most 8,192 characters.
TARGET_INPUT_MAX_CHARS = 8_192
