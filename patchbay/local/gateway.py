"""One door to the embedded AWS: requests signed for Connect go to moto, the rest to MiniStack."""

import json
from collections import Counter
from typing import Any

from hypercorn.middleware import AsyncioWSGIMiddleware
from ministack import app as ministack
from ministack.core.responses import get_account_id, set_request_account_id

from patchbay.local.connect_api import wsgi_app

CALLS_PATH = "/_patchbay/connect-calls"
"""Counts of the Connect requests so far, by method: what CloudTrail would tell of a real account."""

_BODY_LIMIT = 2**20


class Gateway:
    """An ASGI application."""

    def __init__(self) -> None:
        self._connect = AsyncioWSGIMiddleware(wsgi_app(), max_body_size=_BODY_LIMIT)
        self._calls: Counter[str] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await ministack.app(scope, receive, send)
        elif scope["path"] == CALLS_PATH:
            await self._send_calls(send)
        elif (credential := _connect_credential(scope)) is not None:
            self._calls[scope["method"]] += 1
            await self._connect(_for_account(scope, credential), receive, send)
        else:
            await ministack.app(_as_if_encrypted(scope), receive, send)

    async def _send_calls(self, send: Any) -> None:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(self._calls).encode()})


def _as_if_encrypted(scope: Any) -> Any:
    """The loopback counts as TLS: the CDK's bootstrap bucket denies requests without it."""
    return {**scope, "headers": [*scope["headers"], (b"x-forwarded-proto", b"https")]}


def _connect_credential(scope: Any) -> str | None:
    """The access key of a request signed for Connect, None of any other."""
    authorization = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
    credential = authorization.partition("Credential=")[2].partition(",")[0].split("/")
    return credential[0] if len(credential) == 5 and credential[3] == "connect" else None


def _for_account(scope: Any, access_key: str) -> Any:
    """Tells moto which account the key belongs to, as MiniStack reads it."""
    set_request_account_id(access_key)
    return {**scope, "headers": [*scope["headers"], (b"x-moto-account-id", get_account_id().encode())]}
