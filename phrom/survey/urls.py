"""Routes of the room: what officials do with their own rows, what the coordinator does with a round."""

from django.urls import URLPattern, URLResolver, path

from phrom.survey.views import answering, evidence, submitting

SHEET = "rounds/<int:round_id>/agencies/<int:agency_id>/"

officials: list[URLPattern | URLResolver] = [
    path("my/", answering.my_asks, name="my_asks"),
    path(SHEET, answering.first_section, name="answering"),
    path(SHEET + "sections/<slug:slug>/", answering.section, name="answering_section"),
    path(SHEET + "sections/<slug:slug>/save/", answering.section_save, name="section_save"),
    path(SHEET + "submit/", submitting.submit, name="submit"),
    path("asks/<int:ask_id>/answer/", answering.answer_save, name="answer_save"),
    path("asks/<int:ask_id>/evidence/", evidence.add, name="evidence_add"),
    path("evidence-links/<int:link_id>/remove/", evidence.remove, name="evidence_remove"),
    path("evidence/<int:link_id>/file/", evidence.file, name="evidence_file"),
]

coordinator: list[URLPattern | URLResolver] = []

urlpatterns = [*officials, *coordinator]
