"""What a query of Logs Insights is made of.

Commands and functions: CloudWatch Logs user guide, "CloudWatch Logs Insights language query syntax" and its
pages of functions. Fields: "Supported logs and discovered fields".
"""

import re

COMMANDS = {"fields", "display", "filter", "stats", "sort", "limit", "parse"}
FUNCTIONS = {"count", "count_distinct", "min", "max", "coalesce", "ispresent", "toMillis"}
WORDS = {"as", "by", "and", "or", "not", "like", "asc", "desc"}
OF_EVERY_LOG = {"@timestamp", "@message", "@log", "@logStream"}
OF_LAMBDA = {"@type", "@duration", "@requestId"}
# patchbay.simulator.flowlog writes these; Results only where a block failed.
OF_FLOW_LOG = {
    *("ContactId", "ContactFlowName", "ContactFlowModuleType", "Identifier"),
    *("Results", "Parameters.FunctionArn"),
}


def commands(text: str) -> list[str]:
    """Without remarks."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [line.removeprefix("| ") for line in lines]


def unknown(text: str, fields: set[str]) -> list[str]:
    """What a query names that is neither of Logs Insights, nor of the log, nor made by the query before."""
    known = FUNCTIONS | WORDS | OF_EVERY_LOG | fields
    found: list[str] = []
    for command in commands(text):
        verb, _, rest = command.partition(" ")
        known |= set(re.findall(r"\bas (\w+)", rest)) | set(re.findall(r"\?<(\w+)>", rest))
        found += [verb] if verb not in COMMANDS else sorted(_names(rest) - known)
    return found


def _names(rest: str) -> set[str]:
    """Identifiers outside of strings and regular expressions."""
    bare = re.sub(r'"[^"]*"|/(?:[^/\\ ]| (?!/))+/', " ", rest)
    return set(re.findall(r"@?[A-Za-z][\w.]*", bare))
