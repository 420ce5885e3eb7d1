"""Pages: articles."""

from __future__ import annotations

from fastapi import APIRouter

from firsthand.web import article

router = APIRouter()
router.include_router(article.router)
