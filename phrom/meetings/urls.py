"""Routes of the room."""

from django.urls import URLPattern, URLResolver, path

from phrom.meetings.views import follow_ups, meetings

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<int:follow_up_id>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<int:follow_up_id>/report/", follow_ups.report, name="follow_up_report"),
    path("follow-ups/<int:follow_up_id>/decide/", follow_ups.decide, name="follow_up_decide"),
    path("follow-ups/files/<int:note_id>/", follow_ups.file, name="follow_up_file"),
    path("resolutions/<int:resolution_id>/", follow_ups.resolution, name="resolution"),
    path("resolutions/<int:resolution_id>/follow-ups/open/", follow_ups.open_new, name="follow_ups_open"),
]
