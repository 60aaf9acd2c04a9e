"""Routes of the room."""

from django.urls import URLPattern, URLResolver, path

from phrom.meetings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:meeting_id>/", views.meeting, name="meeting"),
]
