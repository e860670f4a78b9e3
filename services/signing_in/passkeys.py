"""Passkeys (WebAuthn): a device signs a challenge of ours for this site alone, once its owner has unlocked it. Both
proofs in one: who enters by a passkey is asked for no code.

A passkey is bound to a name: an address in numbers has none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg

from domain.errors import Forbidden, Invalid, Refused
from services.signing_in import attempts
from services.store import Store

LONGEST_NAME = 60
MOST = 20  # of one person
TIMEOUT = 120_000  # milliseconds

_ADD = "INSERT INTO suivi.passkeys VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp())"
_LIST = "SELECT id, name, created_at, used_at, credential FROM suivi.passkeys WHERE person = %s ORDER BY created_at, id"
_FIND = """SELECT k.id, k.person, k.public_key, k.sign_count FROM suivi.passkeys k JOIN suivi.accounts a USING (person)
            WHERE k.credential = %s AND NOT a.disabled FOR UPDATE OF k"""
_USED = "UPDATE suivi.passkeys SET sign_count = %s, used_at = clock_timestamp() WHERE id = %s"


class NoPasskeysHere(Refused):
    """A passkey is bound to the name of a site, and this address has none. Open Suivi by its name, or as “localhost”."""


class PasskeyRefused(Forbidden):
    """This passkey opens nothing here. Enter by another way; once in, you can add it again."""


class PasskeyThere(Refused):
    """This device has a passkey of yours already."""


class TooManyPasskeys(Refused):
    """{most} passkeys are the most that one person has. Take one away first."""


class PasskeyNameUnfit(Invalid):
    """Give the passkey a name of 1 to {most} characters: “work laptop”, “phone”."""


class Site(NamedTuple):
    """Where passkeys are valid: the name, and the address as the browser says it."""

    name: str
    origin: str


@dataclass(frozen=True)
class Passkey:
    """What is known of one."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None
    credential: bytes


def site_of(address: str) -> Site | None:
    """The site at an address (`https://HOST:PORT`); null where there can be no passkeys."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    try:
        ip_address(host)
    except ValueError:
        secure = parts.scheme == "https" or host == "localhost"
        return Site(host, f"{parts.scheme}://{parts.netloc.lower()}") if host and secure else None
    return None


def passkeys(store: Store, person: UUID) -> list[Passkey]:
    """Those of a person, the oldest first."""
    return [Passkey(*row) for row in store.connection.execute(_LIST, (person,))]


def begin_adding(store: Store, site: Site | None, person: UUID, login: str, name: str) -> tuple[str, str]:
    """The secret of the attempt, and what the browser is asked for, as JSON."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    if site is None:
        raise NoPasskeysHere()
    known = passkeys(store, person)
    if len(known) >= MOST:
        raise TooManyPasskeys(most=MOST)
    options = generate_registration_options(
        rp_id=site.name, rp_name="Suivi", user_id=person.bytes, user_name=login, user_display_name=name, timeout=TIMEOUT,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each.credential) for each in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED),
    )  # fmt: skip
    challenge = bytes_to_base64url(options.challenge)
    return attempts.begin(store, "new-passkey", person, challenge=challenge), options_to_json(options)


def add(store: Store, site: Site | None, person: UUID, secret: str, answer: str, name: str) -> Passkey:
    """Keeps the passkey that the browser made. Raises what is wrong with it."""
    from webauthn import verify_registration_response
    from webauthn.helpers import base64url_to_bytes

    if site is None:
        raise NoPasskeysHere()
    if not 1 <= len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise PasskeyNameUnfit(most=LONGEST_NAME)
    begun = attempts.take(store, "new-passkey", secret)
    if begun.person != person:
        raise attempts.BegunTooLongAgo()
    try:
        made = verify_registration_response(
            credential=_object(answer), expected_challenge=base64url_to_bytes(begun.facts["challenge"]),
            expected_rp_id=site.name, expected_origin=site.origin, require_user_verification=True,
        )  # fmt: skip
    except Exception as error:  # whatever the library makes of letters from elsewhere, it is no passkey
        raise PasskeyRefused() from error
    try:
        store.connection.execute(_ADD, (uuid4(), person, made.credential_id, made.credential_public_key, made.sign_count,
                                        name.strip()))  # fmt: skip
    except psycopg.errors.UniqueViolation as error:
        raise PasskeyThere() from error
    return next(each for each in passkeys(store, person) if each.credential == made.credential_id)


def begin_entering(store: Store, site: Site | None) -> tuple[str, str]:
    """The secret of the attempt, and what the browser is asked for, as JSON: any passkey it has for this site."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import UserVerificationRequirement

    if site is None:
        raise NoPasskeysHere()
    options = generate_authentication_options(
        rp_id=site.name, timeout=TIMEOUT, user_verification=UserVerificationRequirement.REQUIRED
    )
    challenge = bytes_to_base64url(options.challenge)
    return attempts.begin(store, "passkey", challenge=challenge), options_to_json(options)


def person_of(store: Store, site: Site | None, secret: str, answer: str) -> UUID:
    """Whose passkey signed the challenge. Raises `PasskeyRefused` for any other answer."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes

    if site is None:
        raise NoPasskeysHere()
    challenge = base64url_to_bytes(attempts.take(store, "passkey", secret).facts["challenge"])
    with store.connection.transaction():
        try:
            told = _object(answer)
            row = store.connection.execute(_FIND, (base64url_to_bytes(told["rawId"]),)).fetchone()
            if row is None or base64url_to_bytes(told["response"]["userHandle"]) != row[1].bytes:
                raise PasskeyRefused()
            proof = verify_authentication_response(
                credential=told, expected_challenge=challenge, expected_rp_id=site.name, expected_origin=site.origin,
                credential_public_key=row[2], credential_current_sign_count=row[3], require_user_verification=True,
            )  # fmt: skip
        except (PasskeyRefused, psycopg.Error):
            raise
        except Exception as error:
            raise PasskeyRefused() from error
        store.connection.execute(_USED, (proof.new_sign_count, row[0]))
    person: UUID = row[1]
    return person


def remove(store: Store, person: UUID, id: UUID) -> bool:
    """Takes one of the person's away; whether there was one."""
    return (
        store.connection.execute("DELETE FROM suivi.passkeys WHERE id = %s AND person = %s", (id, person)).rowcount == 1
    )


def _object(answer: str) -> dict[str, Any]:
    told = json.loads(answer)
    if not isinstance(told, dict):
        raise ValueError
    return told
