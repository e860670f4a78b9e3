"""The page that shows the API's description, from files of this machine only."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse

from web.entering import PUBLIC
from web.policies import OFFLINE, OPENAPI

router = APIRouter(include_in_schema=False)


@router.get("/api/docs", dependencies=[PUBLIC])
def documentation() -> HTMLResponse:
    """Swagger, with its scripts served from here."""
    return get_swagger_ui_html(
        openapi_url=OPENAPI,
        title="Suivi",
        swagger_js_url=f"{OFFLINE}/swagger-ui-bundle.js",
        swagger_css_url=f"{OFFLINE}/swagger-ui.css",
        swagger_favicon_url=f"{OFFLINE}/favicon.png",
    )
