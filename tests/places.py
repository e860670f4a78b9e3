"""Every page of the application, as an address of the demonstration: enumerated from the routes, so that none is
forgotten. A route with a part to fill in, or that is no page, is named here; who adds one adds it."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.routing import iter_route_contexts

from services.settings import Settings
from tests.browser.people import DRAFT
from web.app import create_app

KEY = "demo-2023"
NO_PAGE = ("/api/", "/static/", "/oidc/")  # how the addresses begin of what is no page

CASE, BUNDLE, PARTS, LATER = (f"{KEY}:{number}" for number in ("17", "23", "21", "7"))

# A route, whatever its parts are called -> the addresses to look at.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "/dossiers": (
        "/dossiers", "/dossiers?vue=colonnes", "/dossiers?vue=calendrier", "/dossiers?vue=frise",
        "/dossiers?as_of=2024-03-01", "/dossiers?q=eau",
    ),
    "/dossiers/{}": (*(f"/dossiers/{ref}" for ref in (CASE, BUNDLE, PARTS, LATER)), f"/dossiers/{KEY}:99",
                        f"/dossiers/{CASE}?as_of=2024-03-01"),
    "/dossiers/{}/agir/{}": tuple(
        f"/dossiers/{CASE}/agir/{verb}" for verb in ("note", "postpone", "assign", "complete", "add-task", "restrict", "correct")
    ),
    "/dossiers/{}/rejouer": (f"/dossiers/{CASE}/rejouer",),
    "/dossiers/{}/agir/subscribe": (f"/dossiers/{CASE}/agir/subscribe",),
    "/dossiers/{}/agir/unsubscribe": (f"/dossiers/{CASE}/agir/unsubscribe",),
    "/ensemble": ("/ensemble", f"/ensemble?ref={CASE}&ref={PARTS}"),
    "/correspondance/{}": tuple(f"/correspondance/{n}" for n in (1, 3, 99)),
    "/correspondance/{}/agir/{}": tuple(f"/correspondance/1/agir/{verb}" for verb in ("remind", "answer", "hold-meeting")),
    "/charges/{}": ("/charges/environnement", "/charges/economie"),
    "/charges/{}/agir/{}": tuple(f"/charges/environnement/agir/{verb}" for verb in ("appoint", "split", "move-portfolio")),
    "/instances/{}": ("/instances/comite-des-mines-du-district-5",),
    "/instances/{}/agir/{}": ("/instances/comite-des-mines-du-district-5/agir/appoint",),
    "/personnes/{}": ("/personnes/marie", "/personnes/christine-frechette"),
    "/personnes/{}/agir/{}": tuple(f"/personnes/marie/agir/{verb}" for verb in ("set-notices", "be-away", "set-address")),
    "/assemblees/{}": (f"/assemblees/{KEY}",),
    "/assemblees/{}/agir/{}": tuple(f"/assemblees/{KEY}/agir/{verb}" for verb in ("rename", "settle-numbers")),
    "/plans/{}": ("/plans/none",),
    "/plans/{}/reporter": ("/plans/none/reporter",),
    "/plans/{}/agir/{}": ("/plans/none/agir/enter-node",),
    "/recherche": ("/recherche", "/recherche?q=eau", "/recherche?q=zzz"),
    "/envois/{}": ("/envois/none",),
    "/importer/{}": (f"/importer/{DRAFT}", "/importer/none"),
    "/importer/fait/{}": ("/importer/fait/none",),
    "/activites": ("/activites", "/activites?genre=alliance&q=eau", "/activites?de=jadis", "/activites?as_of=2024-03-01"),
    "/activites/{}": ("/activites/99",),
    "/activites/{}/agir/{}": ("/activites/99/agir/reword",),
    "/rapports/prets/{}": ("/rapports/prets/none",),
    "/rapports/suivi": ("/rapports/suivi",),
    "/rapports/suivi/{}": ("/rapports/suivi/-", f"/rapports/suivi/{KEY}"),
    "/rapports/suivi/{}/dossiers/{}": (f"/rapports/suivi/-/dossiers/{CASE}", f"/rapports/suivi/-/dossiers/{PARTS}",
                                       f"/rapports/suivi/-/dossiers/{KEY}:99"),
    "/rapports/suivi/{}/deposer": (f"/rapports/suivi/{KEY}/deposer", "/rapports/suivi/-/deposer"),
    "/administration/processus/{}/passer": ("/administration/processus/resolution/passer",),
    "/dossiers/{}/agir/migrate": (f"/dossiers/{CASE}/agir/migrate",),
    "/administration/processus/{}": ("/administration/processus/resolution", "/administration/processus/demarche"),
    "/public/{}": (f"/public/{KEY}", "/public/none"),
}  # fmt: skip

# Routes that answer no page.
OTHERS = frozenset({
    "/recherche/palette", "/public/{}/atom.xml", "/historique/journal.csv", "/historique/comparer.csv", "/importer/{}/liste.csv",
    "/rapports/prets/{}/document",
})  # fmt: skip


def routes() -> list[str]:
    """The patterns of what answers GET, beside the API."""
    app = create_app(Settings(Path("nowhere"), "nobody"))
    found = {str(route.path) for route in iter_route_contexts(app.routes) if "GET" in (route.methods or ())}
    return sorted(re.sub(r"\{[^}]*\}", "{}", path) for path in found if not path.startswith(NO_PAGE))


def forgotten() -> list[str]:
    """Routes with a part to fill in that nobody gave an example of."""
    return [path for path in routes() if "{" in path and path not in EXAMPLES and path not in OTHERS]


def addresses() -> list[str]:
    """Every page, at least once."""
    return [each for path in routes() if path not in OTHERS for each in EXAMPLES.get(path, (path,)) if "{" not in each]
