"""The pages that people read."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
