"""`/cases`: what became of each resolution."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from services import reading
from services.reading import When
from web.api.answers import answer
from web.entering import Reader

router = APIRouter(tags=["cases"])


@router.get("/cases/{ref}")
def case(desk: Reader, ref: str, as_of: str | None = None, known_at: str | None = None) -> Response:
    """One case."""
    found = reading.case(desk.home, ref, When(as_of, known_at))
    return answer(desk, found, version=found["version"])
