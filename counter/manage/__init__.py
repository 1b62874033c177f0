"""The pages of managers, supervisors and technicians: live hall, catalogue and logo, staff, journal and figures."""

from __future__ import annotations

from fastapi import APIRouter

from counter.manage import describing, figures, floor, journal, logo, people

router = APIRouter()
for part in (floor, people, describing, logo, journal, figures):
    router.include_router(part.router)
