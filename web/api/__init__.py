"""The HTTP API, version 1: `docs/openapi.json` describes it."""

from fastapi import APIRouter

from web.api import (
    attachments,
    bounces,
    calendars,
    cases,
    demarches,
    directory,
    documentation,
    health,
    imports,
    inbox,
    leaving,
    letters,
    log,
    plans,
    records,
    reports,
    search,
    tabled,
)
from web.policies import PREFIX

router = APIRouter()
router.include_router(documentation.router)
for part in (
    *attachments.routers, bounces.router, cases.router, demarches.router, directory.router, letters.router, log.router,
    calendars.router, inbox.router, health.router, leaving.router, imports.router, plans.router, records.router, reports.router,
    search.router, tabled.router,
):  # fmt: skip
    router.include_router(part, prefix=PREFIX)
