"""Cases and the directory through HTTP: what is read, and its headers."""

from __future__ import annotations

from tests.web.desk import Town


def test_a_case_has_its_version_as_etag(place: Town) -> None:
    found = place.ana.get("/cases/17")
    assert (found.status_code, found.headers["etag"], found.json()["ref"]) == (200, '"1"', "2023:17")
    assert found.headers["content-language"] == "fr-CA"
    assert found.headers["cache-control"] == "private, no-cache"
    assert found.headers["suivi-as-of"] == place.home.store.present.calendar.today(place.home.store.present.now).isoformat()
    for tag in ('"1"', 'W/"1"', '"0", "1"', "*"):
        again = place.ana.get("/cases/2023:17", headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", '"1"')
    assert place.ana.get("/cases/17", headers={"If-None-Match": '"2"'}).status_code == 200


def test_any_number_of_a_bundle_finds_it(place: Town) -> None:
    assert place.ana.get("/cases/6").json()["ref"] == "2023:5"


def test_the_two_times(place: Town) -> None:
    answer = place.ana.get("/cases/17", params={"as_of": "2023-06"})
    assert (answer.status_code, answer.headers["suivi-as-of"]) == (200, "2023-06-30")
    assert place.ana.get("/cases/17", params={"as_of": "2020"}).status_code == 404
    assert place.ana.get("/cases", params={"as_of": "2020"}).json() == {"items": []}
    past = place.ana.get("/cases", params={"known_at": "2020-01-01"})
    assert (past.json(), past.headers["suivi-log-position"]) == ({"items": []}, "0")
    assert place.ana.get("/cases", params={"as_of": "n’importe quand"}).status_code == 422


def test_the_filters_of_cases(place: Town) -> None:
    place.do("17", "refer", body="Comité du vélo", due="2023-09-01")
    place.do("17", "set-due", due="2023-10-01")
    place.do("person:ana", "rename", name="Ana Roy")
    place.do("17", "assign", owner="person:ana")

    def refs(**params: str) -> list[str]:
        return [row["ref"] for row in place.ana.items("/cases", params=params)]

    assert refs() == ["2023:5", "2023:17"]
    assert refs(state="referred") == refs(overdue="true") == refs(owner="Ana Roy") == ["2023:17"]
    assert refs(body="comite du velo") == refs(query="velos QUARTIERS") == ["2023:17"]
    assert refs(query="parcs") == ["2023:5"]
    assert refs(query="absent") == []
    assert place.ana.get("/cases", params={"state": "perdu"}).status_code == 422
    assert place.ana.get("/cases", params={"owner": "Personne"}).status_code == 404
    assert place.ana.get("/cases", params={"etat": "adopted"}).status_code == 422


def test_history_and_actions_speak(place: Town) -> None:
    place.do("17", "start")
    history = place.ana.items("/cases/17/history", params={"limit": "1"})
    assert [entry["event"] for entry in history] == ["CaseAdopted", "CaseStarted"]
    actions = {action["verb"]: action for action in place.ana.items("/cases/17/actions")}
    assert actions["complete"]["allowed"] and actions["complete"]["required"] == ["completion"]
    assert actions["start"]["why_not"].startswith("2023:17 est à l’état «\u00a0En cours\u00a0»")
    assert "Possible maintenant\u00a0: reformuler" in actions["start"]["why_not"]
    english = {a["verb"]: a for a in place.ana.items("/cases/17/actions", headers={"Accept-Language": "en"})}
    assert "is not possible from there" in english["start"]["why_not"]
    assert (actions["start"]["label"], english["start"]["label"]) == ("commencer", "start")


def test_the_directory(place: Town) -> None:
    assembly = place.ana.get("/assemblies/2023")
    assert assembly.json()["numbers"] == {"5": "adopted", "6": "adopted", "17": "adopted"}
    assert place.ana.get("/assemblies/assembly:2023").json() == assembly.json()
    assert [row["key"] for row in place.ana.items("/people")] == ["ana"]
    assert place.ana.items("/bodies") == []
    assert place.ana.get("/bodies/absent").status_code == 404
    made = place.ana.post("/bodies", {"name": "Comité de l’eau"})
    assert (made.status_code, made.headers["location"]) == (201, "/api/v1/bodies/comite-de-l-eau")
    renamed = place.ana.post("/bodies/comite-de-l-eau/rename", {"name": "Comité des eaux"}, If_Match='"1"')
    assert (renamed.json()["name"], renamed.headers["etag"]) == ("Comité des eaux", '"2"')
    told = place.ana.items("/bodies/comite-de-l-eau/history")
    assert [entry["version"] for entry in told] == [1, 2]
    again = place.ana.post("/people", {"key": "ana", "name": "Ana"})
    assert (again.status_code, again.json()["type"]) == (409, "/problemes/already-there")


def test_pages_of_the_directory_follow_each_other(place: Town) -> None:
    for name in ("Zoé", "Émile", "Eve", "Étienne"):
        place.do(f"person:{name[0].lower() if name[0] in 'EZ' else name[1]}-{len(name)}", "create", name=name)
    names = [row["name"] for row in place.ana.items("/people", params={"limit": "2"})]
    assert names == ["ana", "Émile", "Étienne", "Eve", "Zoé"]


def test_deadlines(place: Town) -> None:
    for ref, due in (("17", "2030-05-02"), ("5", "2030-05-01")):
        place.do(ref, "set-due", due=due)
    found = place.ana.items("/deadlines", params={"limit": "1"})
    assert [(row["ref"], row["due"], row["kind"], row["state"]) for row in found] == [
        ("2023:5", "2030-05-01", "due", "running"), ("2023:17", "2030-05-02", "due", "running"),
    ]  # fmt: skip
    assert [row["ref"] for row in place.ana.items("/deadlines", params={"before": "2030-05-01"})] == ["2023:5"]
    assert place.ana.items("/deadlines", params={"state": "lapsed"}) == []
    assert place.ana.get("/deadlines", params={"state": "perdu"}).status_code == 422


def test_the_log_by_position(place: Town) -> None:
    answer = place.ana.get("/events", params={"limit": "2"})
    size = int(answer.headers["suivi-log-size"])
    entries = place.ana.items("/events", params={"limit": "2"})
    assert [entry["position"] for entry in entries] == list(range(1, size + 1))
    assert place.ana.get("/events", params={"after": str(size)}).json() == {"items": []}
    history = place.ana.items("/cases/17/history")
    assert [entry for entry in entries if entry["stream"] == history[0]["stream"]] == history


def test_workflows(place: Town) -> None:
    workflow = next(each for each in place.ana.items("/workflows") if each["name"].startswith("resolution"))
    assert workflow["name"] == "resolution.v1"
    assert {"name": "blocked", "label": "Bloquée", "final": False} in workflow["states"]


def test_head_is_get_without_a_body(place: Town) -> None:
    head = place.ana.request("HEAD", "/api/v1/cases/17")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", '"1"')
    assert place.ana.request("HEAD", "/api/v1/cases/99").status_code == 404
