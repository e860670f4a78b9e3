"""`GET /search`: what is found by its words, as the page and the palette find it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from services.reading.search import MOST, Hit, search
from web.api.answers import answer
from web.api.parameters import Nothing
from web.entering import Reader

router = APIRouter(tags=["search"])
Kind = Literal["case", "demarche", "office", "body", "person", "assembly"]


class Asked(Nothing):
    """What is looked for."""

    q: str = Field("", max_length=200, description="Words, a number, a REF; accents and inclusive forms or not.")
    kind: Kind | None = Field(None, description="Only things of this kind.")
    limit: int = Field(MOST, ge=1, le=100, description="The most of each kind.")


@router.get("/search")
def find(desk: Reader, asked: Annotated[Asked, Query()]) -> Response:
    """The best found of each kind: cases, threads, offices, bodies, people, assemblies, of what you may see."""
    if not asked.q.strip():
        return answer(desk, {"items": []})
    found = search(desk.home, asked.q, asked.limit, [asked.kind] if asked.kind else None)
    return answer(desk, {"items": [_item(hit) for hits in found.groups.values() for hit in hits]})


def _item(hit: Hit) -> dict[str, Any]:
    row = hit.more
    return {
        "kind": hit.kind, "ref": hit.ref, "title": "".join(text for text, _ in hit.title), "where": hit.where,
        "excerpt": "".join(text for text, _ in hit.excerpt), "assembly": row.get("assembly"),
        "numbers": row.get("numbers", []), "state": row.get("state"), "completion": row.get("completion"),
    }  # fmt: skip
