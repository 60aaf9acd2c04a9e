"""Routes of the room."""

from django.urls import URLPattern, URLResolver, path

from phrom.meetings.views import agenda, calling, follow_ups, meetings, papers, replies

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", calling.new, name="meeting_new"),
    path("meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/change/", calling.change, name="meeting_change"),
    path("meetings/<int:meeting_id>/cancel/", calling.cancel, name="meeting_cancel"),
    path("meetings/<int:meeting_id>/invite/", calling.invite, name="meeting_invite"),
    path("meetings/<int:meeting_id>/calendar/", calling.calendar, name="meeting_calendar"),
    path("meetings/<int:meeting_id>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<int:meeting_id>/freeze/", agenda.freeze, name="agenda_freeze"),
    path("meetings/<int:meeting_id>/papers/<slug:which>/<slug:file_format>/", papers.of_meeting, name="meeting_paper"),
    path("meetings/<int:meeting_id>/replies/", replies.replies, name="meeting_replies"),
    path("meetings/<int:meeting_id>/replies/<int:seat_id>/", replies.reply, name="meeting_reply"),
    path("kept-papers/<int:kept_id>/<slug:file_format>/", papers.kept, name="kept_paper"),
    path("agenda-items/<int:item_id>/", agenda.item, name="agenda_item"),
    path("agenda-items/<int:item_id>/move/", agenda.item_move, name="agenda_item_move"),
    path("agenda-items/<int:item_id>/remove/", agenda.item_remove, name="agenda_item_remove"),
    path("agenda-items/<int:item_id>/withdraw/", agenda.item_withdraw, name="agenda_item_withdraw"),
    path("agenda-items/<int:item_id>/papers/", papers.add, name="paper_add"),
    path("papers/<int:paper_id>/", papers.paper, name="paper"),
    path("papers/<int:paper_id>/move/", papers.move, name="paper_move"),
    path("papers/<int:paper_id>/remove/", papers.remove, name="paper_remove"),
    path("papers/<int:paper_id>/file/", papers.file, name="paper_file"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<int:follow_up_id>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<int:follow_up_id>/report/", follow_ups.report, name="follow_up_report"),
    path("follow-ups/<int:follow_up_id>/decide/", follow_ups.decide, name="follow_up_decide"),
    path("follow-ups/files/<int:note_id>/", follow_ups.file, name="follow_up_file"),
    path("resolutions/<int:resolution_id>/", follow_ups.resolution, name="resolution"),
    path("resolutions/<int:resolution_id>/follow-ups/open/", follow_ups.open_new, name="follow_ups_open"),
]
