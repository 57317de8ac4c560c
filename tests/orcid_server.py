"""An issuer of OpenID Connect on this machine that answers like ORCID, or misbehaves."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from django.conf import settings
from django.test import override_settings

CLIENT = "APP-TEST"
SECRET = "secret-of-the-client"


@dataclass
class Issuer:
    """Who is at the keyboard there, and how the issuer behaves."""

    address: str = ""
    orcid: str = "0000-0002-1825-0097"
    given_name: str = "Josiah"
    family_name: str = "Carberry"
    manners: str = "polite"
    """"polite", "silent" (500 everywhere), "garbage" (no JSON), "cancelled", "refuses the code"."""
    more: dict[str, Any] = field(default_factory=dict)
    """Further things it tells about the person, such as an e-mail address."""
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, sent: dict[str, str]) -> tuple[int, Any]:
        self.asked.append(path)
        if self.manners == "silent":
            return 500, {}
        if path == "/.well-known/openid-configuration":
            return 200, self._configuration()
        if path == "/oauth/token":
            return self._token(sent)
        if path == "/oauth/userinfo":
            return 200, {
                **self._person(),
                "given_name": self.given_name,
                "family_name": self.family_name,
                **self.more,
            }
        return 404, {}

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/oauth/authorize",
            "token_endpoint": f"{self.address}/oauth/token",
            "userinfo_endpoint": f"{self.address}/oauth/userinfo",
            "jwks_uri": f"{self.address}/oauth/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _token(self, sent: dict[str, str]) -> tuple[int, Any]:
        expected = {"client_id": CLIENT, "client_secret": SECRET, "code": "the-code"}
        if self.manners == "refuses the code" or not expected.items() <= sent.items():
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.address, "aud": CLIENT, "exp": 4_000_000_000, **self._person()}
        token = jwt.encode(
            claims, urlsafe_b64encode(b"a key that nobody checks: 32 bytes"), "HS256"
        )
        return 200, {"access_token": "access", "token_type": "bearer", "id_token": token}

    def _person(self) -> dict[str, Any]:
        return {"sub": self.orcid}

    def goes_back(self, address: str) -> str:
        """Where a browser that is sent to `address` is sent back to, once the person agreed."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.address}/oauth/authorize?"), address
        assert (asked["client_id"], asked["scope"]) == (CLIENT, "openid")
        answer = {"error": "access_denied"} if self.manners == "cancelled" else {"code": "the-code"}
        return f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({name: values[0] for name, values in parse_qs(text).items()})

    def _answer(self, sent: dict[str, str]) -> None:
        issuer: Issuer = self.server.issuer  # type: ignore[attr-defined]
        if self.path.startswith("/oauth/authorize?"):
            self.send_response(302)
            self.send_header("Location", issuer.goes_back(f"{issuer.address}{self.path}"))
            self.end_headers()
            return
        status, told = issuer.answer(urlsplit(self.path).path, sent)
        body = b"<html>" if issuer.manners == "garbage" else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def orcid_server(**manners: Any) -> Iterator[Issuer]:
    """Run one, with the site's ORCID settings pointing there."""
    issuer = Issuer(**manners)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.issuer = issuer  # type: ignore[attr-defined]
        issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        application = {
            "provider_id": "orcid",
            "name": "ORCID",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": issuer.address},
        }
        providers = {"openid_connect": {"SCOPE": ["openid"], "APPS": [application]}}
        policy = deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(issuer.address)
        with override_settings(
            ORCID_CLIENT_ID=CLIENT,
            SOCIALACCOUNT_PROVIDERS=providers,
            CONTENT_SECURITY_POLICY=policy,
        ):
            try:
                yield issuer
            finally:
                server.shutdown()
