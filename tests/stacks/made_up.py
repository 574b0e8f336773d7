"""Functions that use every key of function.toml, in the environment local of a copy of the project."""

import re
from pathlib import Path

BOT = "arn:aws:lex:us-east-1:000000000000:bot-alias/AAAAAAAAAA/BBBBBBBBBB"

SETTINGS = {
    "asker": """
description = "Asks for much"
time_limit_seconds = 5
bot = "bot_asked"
invokes = ["doer"]
secrets = ["signing", "sealing"]
buckets = { letters = "write", minutes = "read" }

[[permissions]]
actions = ["connect:UpdateContactAttributes"]
resources = ["{{instance}}/contact/*"]

[[permissions]]
actions = ["sns:Publish"]
resources = ["*"]

[environment]
INSTANCE_IDS = "{{instance_ids}}"
LETTERS = "s3://{{bucket:letters}}/in"
KEY = "{{secret:signing}}"
DOER = "{{function:doer}}"
""",
    "doer": """
description = "Does what takes long"
kind = "worker"
time_limit_seconds = 60
retry_attempts = 1
secrets = ["signing"]
buckets = { letters = "read-write" }
""",
    "sweeper": """
description = "Sweeps up"
kind = "worker"
time_limit_seconds = 60
""",
    "noded": """
description = "Runs on Node.js"
runtime = "node"
time_limit_seconds = 3
""",
}
HANDLERS = {
    "handler.py": "def handler(event, context):\n    return {}\n",
    "handler.mjs": "export const handler = async () => ({});\n",
}


def add(root: Path) -> Path:
    """Writes the folders and lists them; gives the project."""
    for name, settings in SETTINGS.items():
        folder = root / "lambdas" / name
        folder.mkdir()
        (folder / "function.toml").write_text(settings)
        handler = "handler.mjs" if "node" in settings else "handler.py"
        (folder / handler).write_text(HANDLERS[handler])
    path = root / "environments/local.toml"
    names = "".join(f', "{name}"' for name in SETTINGS)
    text = re.sub(r"(?m)^(functions = \[[^\]]*)\]", rf"\1{names}]", path.read_text(), count=1)
    listed = text.replace("[instances.resources]", f'[instances.resources]\nbot_asked = "{BOT}"')
    path.write_text(listed)
    return root
