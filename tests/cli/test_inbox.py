"""`suivi inbox`, and how a person sets what they are told, as a person types it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.schema import Urls
from tests.cli.conftest import Suivi
from tests.services.mailing import PostOffice, post_office


@pytest.fixture
def told(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        office.due()
        office.due(18, title="Une rivière")
        office.ring()
        yield office


def test_one_reads_ones_own_and_marks_it(told: PostOffice, suivi: Suivi) -> None:
    listed = suivi.done("inbox", user="marie").words
    assert listed.count("échéance dépassée") == 2 and "pas encore lu" in listed and "Ce dossier était à régler" in listed
    first, second = suivi.done("inbox", "--json", user="marie").json["items"]
    assert "Vous recevez ce rappel" in suivi.done("inbox", first["id"][:8], user="marie").words
    left = suivi.done("inbox", "--read", first["id"][:8], "--unread", "--json", user="marie").json["items"]
    assert [row["id"] for row in left] == [second["id"]]
    assert "déjà lu" in suivi.done("inbox", first["id"][:8], user="marie").words
    assert suivi.done("inbox", "--read", "tout", "--unread", user="marie").words.strip() == "Rien dans votre boîte."


def test_nobody_reads_what_is_anothers(told: PostOffice, suivi: Suivi) -> None:
    (id, *_) = [row["id"] for row in suivi.done("inbox", "--json", user="marie").json["items"]]
    assert suivi.done("inbox", "--json", user="ana").json["items"] == []
    for given in ((id[:8],), ("--read", id[:8])):
        refused = suivi("inbox", *given, user="ana")
        assert refused.code == 1 and "suivi inbox" in refused.err
    assert suivi("inbox", id[:8], "--read", id[:8], user="marie").code == 2


def test_how_one_is_told_is_set_in_words_and_told_back(told: PostOffice, suivi: Suivi) -> None:
    act = ("act", "person:marie")
    done = suivi.done(*act, "set-notices", "--set", "rhythm=weekly", "--set", "weekday=mardi", "--set", "hour=9 h 30",
                      "--set", "kinds.news=none", user="marie").words  # fmt: skip
    for said in ("en un seul courriel par semaine", "nouvelles : pas de courriel", "à partir de 9 h 30", "vient le mardi"):
        assert said in done, said
    away = suivi.done(*act, "be-away", "--set", "until=2024-09-30", "--set", "replaced_by=person:ana", user="marie").words
    assert "Absence du 18 au 30 septembre 2024" in away and "remplacement : " in away
    assert "absence du 18 au 30 septembre 2024" in suivi.done("people", user="ana").words
    assert "Retour d’absence" in suivi.done(*act, "come-back", user="marie").words
    for facts, said in (
        (("hour=25:00",), "n’est pas une heure"), (("rhythm=parfois",), "ne peut pas être"), ((), "Dites ce qui vaudra"),
        (("kinds.potins=daily",), "n’est pas une sorte d’avis"), (("weekday=dimanche",), "ne peut pas être"),
    ):  # fmt: skip
        refused = suivi(*act, "set-notices", *(word for fact in facts for word in ("--set", fact)), user="marie")
        assert refused.code and said in refused.err.replace("\u00a0", " "), refused.err
    assert "se règle par elle-même" in suivi("act", "person:ana", "be-away", user="marie").err
