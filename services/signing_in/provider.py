"""The provider of identities that an organisation signs in with (OpenID Connect), as the environment names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from domain.errors import Invalid
from workflows.vocabulary import ROLES

PREFIX = "SUIVI_OIDC_"
LOCAL = ("localhost", "127.0.0.1", "::1")
GROUPS = "groups"
_ROLE = re.compile(r"\s*(.+?)\s*=\s*([a-z]+)\s*")


class ProviderIncomplete(Invalid):
    """To sign in with a provider, {missing} must be set as well."""


class IssuerUnfit(Invalid):
    """SUIVI_OIDC_ISSUER is the address of the provider, as https://HOST/PATH, without anything after it."""


class RolesUnreadable(Invalid):
    """SUIVI_OIDC_ROLES gives roles to groups, as “GROUP=officer; OTHER GROUP=secretary”. The roles: {roles}."""


@dataclass(frozen=True)
class Provider:
    """`issuer`: its address, to the letter; the file holds the secret of our application, if it has one. `roles`: which
    each group has; without any, roles stay those of the invitation. `name`: what people call it."""

    issuer: str
    client_id: str
    secret_file: Path | None = None
    name: str = ""
    group_claim: str = GROUPS
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Provider | None:
        """Null where none is named. Raises an `Invalid` that says what is missing."""
        given = {name: (environ.get(PREFIX + name) or "").strip() for name in
                 ("ISSUER", "CLIENT_ID", "CLIENT_SECRET_FILE", "NAME", "GROUP_CLAIM", "ROLES")}  # fmt: skip
        if not any(given.values()):
            return None
        if missing := [PREFIX + name for name in ("ISSUER", "CLIENT_ID") if not given[name]]:
            raise ProviderIncomplete(missing=missing)
        if not private(given["ISSUER"]) or urlsplit(given["ISSUER"]).query or urlsplit(given["ISSUER"]).fragment:
            raise IssuerUnfit()
        secret = given["CLIENT_SECRET_FILE"]
        return cls(
            given["ISSUER"], given["CLIENT_ID"], Path(secret).expanduser().absolute() if secret else None,
            given["NAME"] or (urlsplit(given["ISSUER"]).hostname or ""), given["GROUP_CLAIM"] or GROUPS, _roles(given["ROLES"]),
        )  # fmt: skip


def private(url: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))


def _roles(text: str) -> dict[str, frozenset[str]]:
    granted = sorted(set(ROLES) - {"system"})
    found: dict[str, frozenset[str]] = {}
    for each in filter(str.strip, text.split(";")):
        read = _ROLE.fullmatch(each)
        if read is None or read[2] not in granted:
            raise RolesUnreadable(roles=granted)
        found[read[1]] = found.get(read[1], frozenset()) | {read[2]}
    return found
