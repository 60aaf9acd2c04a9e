"""Routes of the room: what officials do with their own rows, what the coordinator does with a round."""

from django.urls import URLPattern, URLResolver, path

from phrom.survey.views import (
    answering,
    approving,
    board,
    bulk,
    consolidation,
    evidence,
    extending,
    inquiring,
    letters,
    library,
    matrix,
    proposing,
    proving,
    review,
    rounds,
    submitting,
    workbook,
)

SHEET = "rounds/<int:round_id>/agencies/<int:agency_id>/"

officials: list[URLPattern | URLResolver] = [
    path("my/", answering.my_asks, name="my_asks"),
    path(SHEET, answering.first_section, name="answering"),
    path(SHEET + "sections/<slug:slug>/", answering.section, name="answering_section"),
    path(SHEET + "sections/<slug:slug>/save/", answering.section_save, name="section_save"),
    path(SHEET + "submit/", submitting.submit, name="submit"),
    path(SHEET + "approval/", approving.approval, name="approval"),
    path("inquiries/<int:inquiry_id>/reply/", inquiring.answer, name="inquiry_reply"),
    path(SHEET + "workbook/", workbook.workbook, name="workbook"),
    path(SHEET + "workbook/file/", workbook.workbook_download, name="workbook_download"),
    path("asks/<int:ask_id>/answer/", answering.answer_save, name="answer_save"),
    path("asks/<int:ask_id>/proposal/", proving.confirm, name="proposal_confirm"),
    path("asks/<int:ask_id>/evidence/", evidence.add, name="evidence_add"),
    path("evidence-links/<int:link_id>/remove/", evidence.remove, name="evidence_remove"),
    path("evidence/<int:link_id>/", library.evidence, name="evidence"),
    path("evidence/<int:link_id>/file/", evidence.file, name="evidence_file"),
    path("evidence/<int:link_id>/say/", library.evidence_say, name="evidence_say"),
    path("evidence/<int:link_id>/newest/", library.evidence_newest, name="evidence_newest"),
    path("library/", library.library, name="library"),
    path("library/<int:evidence_id>/", library.library_item, name="library_item"),
    path("library/<int:evidence_id>/file/", library.library_file, name="library_file"),
    path("library/<int:evidence_id>/say/", library.library_say, name="library_say"),
    path("library/<int:evidence_id>/version/", library.library_version, name="library_version"),
    path("library/<int:evidence_id>/share/", library.library_share, name="library_share"),
    path("library/<int:evidence_id>/use/", library.library_use, name="library_use"),
    path(SHEET + "bulk/", bulk.bulk, name="bulk"),
]

coordinator: list[URLPattern | URLResolver] = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/open/", rounds.round_open, name="round_open"),
    path("rounds/<int:round_id>/", board.board, name="board"),
    path("rounds/<int:round_id>/board/<int:agency_id>/", board.board_cell, name="board_cell"),
    path("rounds/<int:round_id>/workbooks/", workbook.workbooks, name="workbooks"),
    path("rounds/<int:round_id>/letter/", letters.opening, name="round_letter"),
    path("rounds/<int:round_id>/board/<int:agency_id>/return-letter/", letters.returned, name="return_letter"),
    path("rounds/<int:round_id>/board/<int:agency_id>/reminder/", letters.reminder, name="reminder_letter"),
    path("rounds/<int:round_id>/board/<int:agency_id>/memo/", letters.memo, name="reminder_memo"),
    path("rounds/<int:round_id>/return-letters/", letters.returns, name="return_letters"),
    path("rounds/<int:round_id>/matrix/", matrix.matrix, name="matrix"),
    path("rounds/<int:round_id>/review/", review.review, name="review"),
    path("asks/<int:ask_id>/review/", review.review_ask, name="review_ask"),
    path("asks/<int:ask_id>/inquiries/", inquiring.begin, name="inquiry_begin"),
    path("inquiries/<int:inquiry_id>/further/", inquiring.further, name="inquiry_further"),
    path("inquiries/<int:inquiry_id>/close/", inquiring.close, name="inquiry_close"),
    path("rounds/<int:round_id>/extensions/", extending.extensions, name="extensions"),
    path("rounds/<int:round_id>/proposal/", proposing.set_proposal, name="set_proposal"),
    path("rounds/<int:round_id>/consolidation/", consolidation.consolidation, name="consolidation"),
    path("rounds/<int:round_id>/consolidation/<str:code>/", consolidation.consolidation_row, name="consolidation_row"),
]

urlpatterns = [*officials, *coordinator]
