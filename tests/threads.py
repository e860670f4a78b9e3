"""A year of threads for tests: offices with their holders, letters, reminders, meetings, and what came of them."""

from __future__ import annotations

from typing import Any

from services.home import Home
from tests.homes import do

OFFICES = {
    "ressources": ("ministre des Ressources naturelles", "Odile Marin"),
    "environnement": ("ministre de l’Environnement", "Paul Gagné"),
    "economie": ("ministre de l’Économie", "Rita Voyer"),
    "immigration": ("ministre de l’Immigration", "Luce Bédard"),
    "emploi": ("ministre de l’Emploi", "Luce Bédard"),
    "education": ("ministre de l’Éducation", "Marc Roy"),
    "securite": ("ministre de la Sécurité publique", None),
}
LATER = {"immigration": "Noé Caron"}  # who follows, from 2024-09-05 on


def offices(home: Home) -> None:
    """Each with who holds it since 2022."""
    do(home, "assembly:2023", "create", name="Assemblée de 2023", date="2023-05-13")
    for number in ("13", "17", "18", "22", "23"):
        do(home, f"2023:{number}", "adopt", title=f"Résolution {number}", adopted_on="2023-05-13")
    for name in dict.fromkeys(name for _, name in OFFICES.values() if name):
        do(home, f"person:{key_of(name)}", "create", name=name, gender="f" if name[0] in "OLR" else "m")
    for name in LATER.values():
        do(home, f"person:{key_of(name)}", "create", name=name)
    for key, (name, holder) in OFFICES.items():
        do(home, f"office:{key}", "create", name=name, legislature="QC")
        if holder:
            do(home, f"office:{key}", "appoint", occurred="2022-10-20", person=f"person:{key_of(holder)}")
    for key, name in LATER.items():
        do(home, f"office:{key}", "end-term", occurred="2024-09-05", person=f"person:{key_of(str(OFFICES[key][1]))}")
        do(home, f"office:{key}", "appoint", occurred="2024-09-05", person=f"person:{key_of(name)}")


def key_of(name: str) -> str:
    return name.split()[0].lower().replace("é", "e")


def send(home: Home, *, cases: list[str], office: str | list[str], on: str | None = "2024-06-26", **facts: Any) -> None:
    """A letter."""
    to = [f"office:{office}"] if isinstance(office, str) else [f"office:{each}" for each in office]
    do(home, "demarche:new", "send", occurred=on, cases=[f"2023:{case}" for case in cases], office=to, **facts)


def year(home: Home) -> None:
    """Resolution 17 goes to three offices: redirected after its staff was met, declined, silent; 13 and 18 share a
    meeting with one person who holds two offices; 22 has nine letters, and 23 a letter and at least three reminders."""
    offices(home)
    send(home, cases=["17"], office="environnement", on="2024-05-02", count="multiples")  # 1
    send(home, cases=["17"], office="ressources", on="2024-05-02")  # 2
    do(home, "demarche:2", "hold-meeting", met="staff", occurred="2024-07-04", place="Québec")
    do(home, "demarche:2", "redirect", office="office:environnement", occurred="2024-07-04")
    send(home, cases=["17"], office="economie", on="2024-05-02", count="au moins 2")  # 3
    do(home, "demarche:3", "decline", reason="faute de disponibilités", occurred="2024-08-20")
    send(home, cases=["13"], office="immigration", on="2024-03-01")  # 4
    send(home, cases=["18"], office="emploi", on="2024-03-01")  # 5
    for thread in ("demarche:4", "demarche:5"):
        do(home, thread, "hold-meeting", met="holder", occurred="2024-05-15", delegation={"direction": "2"})
    do(home, "demarche:4", "answer", answer="no_promise", occurred="2024-06-01")
    send(home, cases=["22"], office="securite", on=None, count="9")  # 6
    send(home, cases=["23"], office=["education", "environnement"])  # 7, 8: one mailing
    do(home, "demarche:7", "remind", count="au moins 3", occurred="2024-09-05")
    do(home, "demarche:7", "fix-meeting", confirmed="non", date="automne 2024", occurred="2024-09-06")
    do(home, "demarche:8", "remind", count="2", channel="phone", occurred="2024-08-15")
    home.catch_up()
