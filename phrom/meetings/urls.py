"""Routes of the room."""

from django.urls import URLPattern, URLResolver, path

from phrom.meetings.views import meetings

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
]
