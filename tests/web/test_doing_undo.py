"""What was done, once however often it is sent; corrected, taken back, undone in one press; and several cases at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services import undoing
from services.schema import Urls
from tests.web.browser import Browser, Sheet, entered, filled
from tests.web.desk import Town, town
from tests.web.desk_of_acts import act, form_of, notice, recorded, send

CASE = "/dossiers/2023:17/agir/"


@pytest.fixture
def place(own_acts: Urls) -> Iterator[Town]:
    with town(own_acts) as found:
        found.do("2023:7", "adopt", title="Des arbres")
        yield found


def done_by(answer: httpx.Response) -> str:
    """The id of the command, as the page that follows has it."""
    return str(answer.headers["location"]).partition("fait=")[2]


def undo(browser: Browser, answer: httpx.Response) -> httpx.Response:
    """Presses the button of the notice."""
    return browser.submit(browser.read("/aide", fait=done_by(answer)), "/annuler")


def state(place: Town, ref: str) -> str:
    return str(place.ana.get(f"/cases/{ref}").json()["state"])


def position(place: Town, ref: str) -> int:
    """Of what a person recorded last."""
    entries = place.ana.get(f"/cases/{ref}/history").json()["items"]
    return int([entry["position"] for entry in entries if not entry["machine"]][-1])


def test_sent_twice_it_is_done_once(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(CASE + "postpone")
    first = send(ana, sheet, until="2031", reason="changements")
    before = recorded(place, "2023:17")
    again = send(ana, sheet, until="2031", reason="changements")
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert recorded(place, "2023:17") == before


def test_sent_again_with_something_else_it_asks_once_more(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(CASE + "note")
    assert send(ana, sheet, text="un").status_code == 303
    answer = send(ana, sheet, text="deux")
    assert answer.status_code == 422 and "déjà servi" in Sheet(answer).main.text
    assert send(ana, Sheet(answer)).status_code == 303
    assert "deux" in recorded(place, "2023:17")[-1]


def test_the_form_of_another_is_another_act(place: Town) -> None:
    place.someone("noe", "officer")
    ana, noe = entered(place), entered(place, "noe")
    sheet, before = ana.read(CASE + "note"), len(recorded(place, "2023:17"))
    assert send(ana, sheet, text="un").status_code == 303
    assert noe.post(CASE + "note", **filled(form_of(sheet)) | {"text": "un"}).status_code == 303
    assert len(recorded(place, "2023:17")) == before + 2


def test_undone_in_one_press(place: Town) -> None:
    ana = entered(place)
    answer = act(ana, CASE + "postpone", until="2031", reason="changements")
    assert notice(ana, answer).text.startswith("Résolution 17 remise à 2031. Annuler")
    undone = undo(ana, answer)
    assert undone.status_code == 303 and undone.headers["location"].startswith("/aide?fait=")
    assert state(place, "2023:17") == "adopted"
    assert "annulé aussitôt" in recorded(place, "2023:17")[-1]
    assert not notice(ana, undone).all("button", class_="undo"), "what was taken back is recorded anew"
    assert not notice(ana, answer).all("button", class_="undo"), "nor is anything left to undo"


def test_pressed_twice_it_is_undone_once(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read("/aide", fait=done_by(act(ana, CASE + "start")))
    before = len(recorded(place, "2023:17"))
    first, again = ana.submit(sheet, "/annuler"), ana.submit(sheet, "/annuler")
    assert first.status_code == 303 and again.status_code in (303, 409)
    assert len(recorded(place, "2023:17")) == before + 1


def test_what_rests_on_it_keeps_it(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read("/aide", fait=done_by(act(ana, CASE + "start")))
    place.do("2023:17", "postpone", until="2031", reason="x")
    refused = ana.submit(sheet, "/annuler")
    assert refused.status_code == 409 and "Rien n’a été annulé" in Sheet(refused).main.text
    assert state(place, "2023:17") == "postponed"


def test_of_others_there_is_nothing_to_undo(place: Town) -> None:
    place.someone("noe", "officer")
    ana, noe = entered(place), entered(place, "noe")
    done = done_by(act(ana, CASE + "start"))
    assert not noe.read("/aide", fait=done).root.all("div", class_="toast")
    assert noe.post("/annuler", fait=done).status_code == 404
    assert state(place, "2023:17") == "in_progress"
    for nonsense in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert ana.post("/annuler", fait=nonsense).status_code == 404


def test_what_began_something_is_not_undone(place: Town) -> None:
    ana = entered(place)
    answer = act(ana, "/personnes/nouvelle", name="Noé Caron")
    refused = ana.post("/annuler", fait=done_by(answer))
    assert refused.status_code == 409 and "Rien n’a été annulé" in Sheet(refused).main.text


def test_what_is_long_past_is_not_undone_so(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = entered(place)
    done = done_by(act(ana, CASE + "start"))
    monkeypatch.setattr(undoing, "RECENT", timedelta())
    assert ana.post("/annuler", fait=done).status_code == 404


def test_undone_one_is_led_to_the_thing_itself(place: Town) -> None:
    ana = entered(place)
    for back in ("//evil.example", "https://evil.example", "/dossiers?fait=1"):
        done = done_by(act(ana, CASE + "start"))
        undone = ana.post("/annuler", fait=done, vers=back)
        assert undone.status_code == 303 and undone.headers["location"].startswith("/dossiers/2023:17?fait=")


CORRECTED: list[tuple[str, dict[str, Any], str, str, str, str, Any]] = [
    ("postpone", {"until": "2031", "reason": "changements"}, "until", "2031", "2032", "postponed_until", ["2032"]),
    ("assign", {"owner": "Luce Roy"}, "owner", "Luce Roy", "Comité de l’environnement", "owner", "body:comite"),
    ("set-due", {"due": "mai 2031"}, "due", "2031-05", "juin 2031", "due", "2031-06"),
]
"""The act, what is typed; the fact that is wrong, as it stands in its field, and the right one; what is then shown."""


@pytest.mark.parametrize(("verb", "typed", "fact", "stands", "right", "name", "shown"), CORRECTED)
def test_a_fact_corrected(
    place: Town, verb: str, typed: dict[str, Any], fact: str, stands: str, right: str, name: str, shown: Any
) -> None:
    ana = entered(place)
    assert act(ana, CASE + verb, **typed).status_code == 303
    path = f"{CASE}correct?event={position(place, '2023:17')}"
    sheet = ana.read(path)
    assert filled(form_of(sheet))[f"set.{fact}"] == stands
    unchanged = send(ana, sheet, reason="mal lu")
    assert unchanged.status_code == 422 and "Rien n’a changé" in Sheet(unchanged).main.text
    answer = send(ana, ana.read(path), **{f"set.{fact}": right, "reason": "mal lu"})
    assert notice(ana, answer).one("button", class_="undo"), "a correction can be taken back"
    row = place.ana.get("/cases/2023:17").json()
    assert (row[name]["ref"] if name == "owner" else row[name]) == shown
    assert undo(ana, answer).status_code == 303


def test_a_fact_taken_back(place: Town) -> None:
    ana = entered(place)
    assert act(ana, CASE + "start").status_code == 303
    path = f"{CASE}retract?event={position(place, '2023:17')}"
    assert act(ana, path, reason="").status_code == 422
    assert act(ana, path, reason="ce n’était pas cela").status_code == 303
    assert state(place, "2023:17") == "adopted"
    assert ana.ask(path).status_code == 422, "it stands no more"
    for nonsense in ("", "x", "9" * 30, "1"):
        assert ana.ask(f"{CASE}retract?event={nonsense}").status_code == 422


def test_a_file_attached(place: Town) -> None:
    ana = entered(place)
    for where, ref in ((CASE, "2023:17"), ("/correspondance/1/agir/", "demarche:1")):
        form = form_of(ana.read(where + "attach"))
        assert form.attributes["enctype"] == "multipart/form-data"
        held = filled(form)
        empty = uploaded(ana, form.attributes["action"], held | {"kind": "lettre"}, None)
        assert empty.status_code == 422 and "Choisissez un fichier." in empty.text and "lettre" in empty.text
        answer = uploaded(ana, form.attributes["action"], held | {"kind": "lettre"}, ("ete.txt", b"Bonjour"))
        assert answer.status_code == 303, Sheet(answer).main.text
        assert "ete.txt" in recorded(place, ref)[-1] and "ete.txt" in notice(ana, answer).text


def uploaded(browser: Browser, path: str, fields: dict[str, Any], file: tuple[str, bytes] | None) -> httpx.Response:
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"suivi_session={browser.cookie}", "Accept-Language": "fr"}
    parts: dict[str, Any] = {name: (None, str(value)) for name, value in fields.items()}
    return browser.client.request("POST", path, headers, files=parts | ({"file": file} if file else {}))


def test_several_cases_at_once(place: Town) -> None:
    place.do("2023:5", "close-undone", reason="x")
    ana = entered(place)
    sheet = ana.read("/ensemble?ref=2023:17&ref=2023:5&ref=2023:7")
    offered = [button.attributes["value"] for button in sheet.main.all("button", name="verb")]
    assert "postpone" in offered and "possible pour 2 sur 3" in sheet.main.text
    sheet = ana.read("/ensemble?refs=2023:17,2023:5,2023:7&verb=postpone")
    assert "Possible pour 2 sur 3." in sheet.main.text and "Possible tant que" in sheet.main.text
    held = filled(form_of(sheet))
    assert held["refs"] == ["2023:17", "2023:7"]
    refused = ana.post("/ensemble", **held | {"until": "2023", "reason": "changements", "faire": "oui"})
    assert refused.status_code == 422 and "Cette date est passée." in refused.text and "changements" in refused.text
    answer = ana.post("/ensemble", **held | {"until": "2031", "reason": "changements", "faire": "oui"})
    told = notice(ana, answer)
    assert told.text.startswith("Consigné pour 2 dossiers : ") and told.one("button", class_="undo").text == "Annuler les 2"
    assert [state(place, ref) for ref in ("2023:17", "2023:5", "2023:7")] == ["postponed", "not_done", "postponed"]
    assert undo(ana, answer).status_code == 303
    assert [state(place, ref) for ref in ("2023:17", "2023:5", "2023:7")] == ["adopted", "not_done", "adopted"]


def test_all_of_them_or_none(place: Town) -> None:
    ana = entered(place)
    held = filled(form_of(ana.read("/ensemble?refs=2023:17,2023:7&verb=start")))
    place.do("2023:7", "set-due", due="2031-05-01")
    answer = ana.post("/ensemble", **held | {"faire": "oui"})
    assert answer.status_code == 409 and "2023:7 a changé entre-temps" in Sheet(answer).main.text
    assert state(place, "2023:17") == "adopted"
    answer = ana.post("/ensemble", **filled(form_of(Sheet(answer))) | {"faire": "oui"})
    assert answer.status_code == 303 and state(place, "2023:17") == state(place, "2023:7") == "in_progress"


def test_cases_that_are_none_and_cases_that_are_hidden(place: Town) -> None:
    place.someone("noe", "officer")
    place.do("2023:7", "restrict", visibility="named", people=["person:luce"])
    noe = entered(place, "noe")
    sheet = noe.read("/ensemble?refs=2023:7,2023:17,2023:99&verb=start")
    assert "Des arbres" not in sheet.text and filled(form_of(sheet))["refs"] == "2023:17"
    for nothing in ("/ensemble", "/ensemble?refs=2023:7", "/ensemble?refs=,,"):
        assert noe.ask(nothing).status_code == 409
    assert noe.ask("/ensemble?refs=../..&verb=start").status_code == 422
    assert noe.ask("/ensemble?refs=2023:17&verb=fly").status_code == 200
    many = ",".join(f"2023:{n}" for n in range(300))
    assert noe.ask(f"/ensemble?refs={many}&verb=start").status_code == 409
