"""A pocket with a passkey in it: makes and uses one as a browser would, without a browser."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

PRESENT_AND_KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Pocket:
    """One passkey for one site, unlocked by its owner."""

    host: str = "testserver"
    origin: str = "http://testserver"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: bytes = field(default_factory=lambda: token_bytes(16))
    user: bytes = b""
    uses: int = 0

    def make(self, options: dict[str, Any]) -> str:
        """What the browser posts for a new passkey, as JSON."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"].encode()
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(Aaguid.NONE, self.name, public)
        data = self._data(PRESENT_AND_KNOWN | AuthenticatorData.FLAG.AT, credential)
        attestation = AttestationObject.create("none", data, {})
        response = {"attestationObject": websafe_encode(attestation)}
        return self._posted("webauthn.create", asked["challenge"], response)

    def use(self, options: dict[str, Any]) -> str:
        """What the browser posts to sign in, as JSON."""
        self.uses += 1
        challenge = options["publicKey"]["challenge"]
        data = self._data(PRESENT_AND_KNOWN, b"")
        signed = bytes(data) + sha256(self._client("webauthn.get", challenge)).digest()
        response = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.user.decode(),
        }
        return self._posted("webauthn.get", challenge, response)

    def _data(self, flags: AuthenticatorData.FLAG, credential: bytes) -> AuthenticatorData:
        place = sha256(self.host.encode()).digest()
        data: AuthenticatorData = AuthenticatorData.create(place, flags, self.uses, credential)
        return data

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _posted(self, kind: str, challenge: str, response: dict[str, str]) -> str:
        client = websafe_encode(self._client(kind, challenge))
        return json.dumps(
            {
                "id": websafe_encode(self.name),
                "rawId": websafe_encode(self.name),
                "type": "public-key",
                "response": {"clientDataJSON": client, **response},
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )


EMPTY_CHALLENGE = {"publicKey": {"challenge": "AAAA", "user": {"id": "AAAA"}}}


def some_credential() -> dict[str, Any]:
    """A registered passkey as the database keeps it."""
    credential: dict[str, Any] = json.loads(Pocket().make(EMPTY_CHALLENGE))
    return credential
