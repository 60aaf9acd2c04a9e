"""The public page behind the code on a printed pack: no sign-in, one look-up, nothing kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phrom.results.forms import CheckForm
from phrom.results.pages.checking import check_page, hash_of


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Type a hash or choose the set's file; either leads to the address that the code on the paper names."""
    posted = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if posted else CheckForm()
    if not posted or not form.is_valid():
        return render(request, "results/check.html", {"form": form}, status=422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    return redirect("check_set", hash_of(upload) if upload else form.cleaned_data["sha256"])


@require_safe
def check_set(request: HttpRequest, sha256: str) -> HttpResponse:
    """What stands under a hash; the same answer for every hash that is not known."""
    page = check_page(sha256)
    return render(request, "results/check_set.html", {"page": page, "form": CheckForm()}, status=200 if page.found else 404)
