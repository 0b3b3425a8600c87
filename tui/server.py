"""Serves the visitors' screens over HTTP. Outside this computer only to who knows the token."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from hardset.tracker.errors import WebExtraMissing

if TYPE_CHECKING:
    from aiohttp import web

COOKIE = "hardset_token"
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
"""Without it a phone lays the page out as wide as a desk, and shows a corner of it."""


def serve_screens(command: str, host: str, port: int, *, secret: bool) -> None:
    """Run until Ctrl-C; each visitor gets a process of `command`. Raises WebExtraMissing."""
    try:
        from aiohttp import web
        from textual_serve.server import Server
    except ImportError as error:
        raise WebExtraMissing() from error

    token = secrets.token_urlsafe(12) if secret else None

    @web.middleware
    async def only_with_token(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if token is None:
            return await handler(request)
        told = request.query.get("token") or request.cookies.get(COOKIE, "")
        if not secrets.compare_digest(told.encode(), token.encode()):
            raise web.HTTPForbidden(text="Open the address that hardset serve shows, with its token.")
        response = await handler(request)
        if request.query.get("token") and not response.prepared:
            response.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
        return response

    @web.middleware
    async def fits_a_phone(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        response = await handler(request)
        if request.path == "/" and isinstance(response, web.Response) and response.text:
            response.text = response.text.replace("<head>", f"<head>{VIEWPORT}", 1)
        return response

    class Screens(Server):
        """The server with the token in front, and its own words at the start."""

        async def _make_app(self) -> web.Application:
            app = await super()._make_app()
            app.middlewares.extend([only_with_token, fits_a_phone])
            return app

        async def on_startup(self, app: web.Application) -> None:
            ending = "" if token is None else f"/?token={token}"
            self.console.print(f"Live is on {self.public_url}{ending}", highlight=False, soft_wrap=True)
            self.console.print("Ctrl-C ends.")

    Screens(command, host=host, port=port, title="hardset").serve()
