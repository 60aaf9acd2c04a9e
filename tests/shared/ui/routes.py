"""The one route that the frame itself names."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("logout/", lambda request: HttpResponse(), name="account_logout")]
