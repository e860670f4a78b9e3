"""One case through HTTP."""

from services.schema import Urls
from tests.homes import do, opened
from tests.web.desk import bearer, serving


def test_a_case_is_read(database: Urls) -> None:
    with opened(database) as home, serving(database) as client:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos")
        home.catch_up()
        token = bearer(home)
        assert client.get("/api/v1/cases/17").status_code == 401
        found = client.get("/api/v1/cases/17", headers=token)
        assert found.status_code == 200, found.text
        assert found.headers["etag"] == '"1"'
        missing = client.get("/api/v1/cases/99", headers=token)
        assert (missing.status_code, missing.json()["type"]) == (404, "/problemes/case-unknown")
        assert client.get("/api/nulle/part").json()["type"] == "/problemes/address-unknown"
        assert client.get("/api/docs").status_code == 200
        assert client.get("/api/v1/openapi.json").status_code == 200
        assert client.get("/api/static/swagger-ui.css").status_code == 200
