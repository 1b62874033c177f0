"""The pages of managers, supervisors and technicians: the live hall, its catalogue, staff, journal and figures."""

from __future__ import annotations

from fastapi import APIRouter

from counter.manage import describing, figures, floor, journal, people

router = APIRouter()
for part in (floor, people, describing, journal, figures):
    router.include_router(part.router)
