"""The JSON API: signed in by the session, guarded by CSRF, described at /api/openapi.json."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import SessionAuth

from phrom.api import asks, evidence, sending

TH = {
    400: "อ่านข้อมูลที่ส่งมาไม่ได้ ยังไม่มีอะไรถูกบันทึก",
    403: "ไม่มีรหัสป้องกันการปลอมคำขอ (CSRF) ยังไม่มีอะไรถูกบันทึก กรุณาเปิดหน้าใหม่แล้วลองอีกครั้ง",
    404: "ไม่พบสิ่งที่ขอ",
}

api = NinjaAPI(
    title="Phrom",
    version="1",
    description="Asks and answers of the province's readiness survey. Sign in by the page; send X-CSRFToken with every change.",
    urls_namespace="api",
    docs_url=None,
    auth=SessionAuth(),
)
for each in (asks, evidence, sending):
    api.add_router("", each.router)


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """What was sent does not fit the schema: every reason in one sentence."""
    reasons = "; ".join(f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}" for error in problem.errors)[:2000]
    return _answer(request, 422, "ValidationError", f"ข้อมูลที่ส่งมาไม่เป็นไปตามแบบ ยังไม่มีอะไรถูกบันทึก ({reasons})", reasons)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, problem: Http404) -> HttpResponse:
    """The same for what is not there and for what is somebody else's."""
    return _answer(request, 404, "NotFound", TH[404], "Not found")


@api.exception_handler(HttpError)
def refused(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """A body that is no JSON, a missing CSRF token."""
    return _answer(request, problem.status_code, "HttpError", TH.get(problem.status_code, TH[400]), str(problem))


def _answer(request: HttpRequest, status: int, error: str, th: str, en: str) -> HttpResponse:
    told: dict[str, Any] = {"error": error, "th": th, "en": en, "where": ""}
    return api.create_response(request, told, status=status)


urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
