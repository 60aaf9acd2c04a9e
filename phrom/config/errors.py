"""Error pages that say what happened, what is safe and what to do."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from phrom.config.middleware import refused, wants_json
from phrom.config.typed_text import typed_text
from phrom.shared.ui.refusals import Refusal


class StaleForm(Refusal):
    """The form's protection key is missing, forged or of an earlier session."""

    status = 403


class TooMuchSent(Refusal):
    """More text, fields or files than any of our forms has."""

    status = 413

    def __init__(self) -> None:
        super().__init__(
            "ข้อมูลที่ส่งมาใหญ่เกินกว่าที่ระบบรับได้ในครั้งเดียว ยังไม่มีอะไรถูกบันทึก กรุณาทำให้สั้นลง หรือแบ่งส่งหลายครั้ง",
            "More was sent than can be taken at once. Nothing was saved. Please make it shorter or send it in parts.",
        )


class CannotBeRead(Refusal):
    """A request that is broken on its way, or made by hand."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            "อ่านข้อมูลที่ส่งมาไม่ได้ ยังไม่มีอะไรถูกบันทึก กรุณาเปิดหน้าใหม่แล้วทำอีกครั้ง",
            "What was sent cannot be read. Nothing was saved. Please reload the page and try again.",
        )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses to read."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return refused(request, TooMuchSent() if too_much else CannotBeRead())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose key does not fit."""
    refusal = StaleForm(
        "แบบฟอร์มนี้หมดอายุหรือไม่ได้มาจากหน้านี้ ยังไม่มีอะไรถูกบันทึก กรุณาเปิดหน้าใหม่แล้วทำอีกครั้ง",
        "This form has expired or did not come from this site. Nothing was saved. Please reload the page and try again.",
    )
    if wants_json(request):
        return JsonResponse(refusal.as_json(), status=403)
    return render(request, "config/refusal.html", {"refusal": refusal, "typed": typed_text(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same answer for what is not there and for what is somebody else's."""
    if wants_json(request):
        answer = {"error": "NotFound", "th": "ไม่พบสิ่งที่ขอ", "en": "Not found", "where": ""}
        return JsonResponse(answer, status=404)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault: say so, and what is safe."""
    if wants_json(request):
        answer = {
            "error": "ServerError",
            "th": "ระบบขัดข้อง สิ่งที่บันทึกแล้วยังอยู่ครบ กรุณาลองใหม่ในอีกสักครู่",
            "en": "The system failed. What was saved is safe. Please try again shortly.",
            "where": "",
        }
        return JsonResponse(answer, status=500)
    # Without the request: what builds the frame may be the very thing that failed.
    return HttpResponse(render_to_string("500.html"), status=500)
