"""Who runs a server. PostgreSQL refuses root, so root lends each to a system account whose own folder holds
the data and a copy of the programs; no permission outside that folder is ever changed."""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.servers.binaries import POSTGRES, Wheel
from services.servers.errors import HomeOfAnother, NoSystemAccount, UnsafeFolder
from services.servers.leases import locked

NAME = "suivi"
OWN_FOLDER = Path("/var/lib/suivi")
LONGEST = 85  # bytes of a socket's folder: the system allows about 100 for the whole path


@dataclass(frozen=True)
class Place:
    """Where a home's server has its data, log and socket, with which programs, and who runs it (`None`:
    ourselves)."""

    folder: Path
    programs: Path
    account: pwd.struct_passwd | None = None

    @property
    def identity(self) -> dict[str, Any]:
        """What `subprocess` needs to run a program as that account."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def make_socket_folder(self) -> Path:
        """A folder for the socket that nobody else can enter, with a short path. Raises `UnsafeFolder`."""
        folder = self.folder / "socket"
        if len(os.fsencode(folder)) > LONGEST:
            folder = Path("/tmp") / f"suivi-{os.geteuid()}-{_digest(self.folder)}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        _check_private(folder, self.account.pw_uid if self.account else os.geteuid())
        return folder


def place(base: Path, wheel: Wheel = POSTGRES) -> Place:
    """The place for the files kept under `base`, a folder of the home, and for the wheel's programs; made the first
    time."""
    owner = base.stat().st_uid
    if owner != os.geteuid():
        raise HomeOfAnother(folder=base, owner=_name(owner))
    if os.geteuid() != 0:
        return Place(base, wheel.folder())
    return _place_of_root(base, wheel)


def _place_of_root(base: Path, wheel: Wheel) -> Place:
    """`base/location` names the folder: a home that was erased and made anew at the same path gets another
    one."""
    location = base / "location"
    OWN_FOLDER.mkdir(parents=True, exist_ok=True)
    OWN_FOLDER.chmod(0o755)
    with locked(OWN_FOLDER / "lock"):
        account = _system_account()
        programs = wheel.copied_to(OWN_FOLDER)
    if not location.exists():
        location.write_text(f"{_folder_of(account, _digest(base))}\n")
    return Place(Path(location.read_text().strip()), programs, account)


def _folder_of(account: pwd.struct_passwd, name: str) -> Path:
    """Raises `NoSystemAccount` where root may not act for other accounts, as in some containers."""
    folder = OWN_FOLDER / f"{name}-{secrets.token_hex(3)}"
    folder.mkdir(mode=0o700)
    try:
        os.chown(folder, account.pw_uid, account.pw_gid)
    except OSError as error:
        raise NoSystemAccount(account=NAME) from error
    return folder


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        _make_system_account()
    return pwd.getpwnam(NAME)


def _make_system_account() -> None:
    """Raises `NoSystemAccount`."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise NoSystemAccount(account=NAME)
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", str(OWN_FOLDER)]
    done = subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True)
    if done.returncode != 0:
        raise NoSystemAccount(account=NAME) from OSError(done.stderr.strip())


def _check_private(folder: Path, owner: int) -> None:
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != owner or status.st_mode & 0o077:
        raise UnsafeFolder(folder=folder)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
