"""The HTTP API, version 1: `docs/openapi.json` describes it."""

from fastapi import APIRouter

from web.api import cases, documentation

PREFIX = "/api/v1"
router = APIRouter()
router.include_router(documentation.router)
for part in (cases.router,):
    router.include_router(part, prefix=PREFIX)
