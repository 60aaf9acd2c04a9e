"""The room's routes."""

from django.urls import URLPattern, path

from phrom.letters.views import drafts, exchange, letters, recipients

urlpatterns: list[URLPattern] = [
    path(".well-known/phrom-exchange.json", exchange.well_known, name="exchange_well_known"),
    path("exchange/inbox", exchange.take, name="exchange_inbox"),
    path("exchange/outgoing", exchange.outgoing, name="exchange_outgoing"),
    path("exchange/ack", exchange.ack, name="exchange_ack"),
    path("exchange/files/<slug:sha256>", exchange.file, name="exchange_file"),
    path("letters/out/", letters.tray, name="out_tray"),
    path("letters/out/new/", drafts.new, name="letter_new"),
    path("letters/out/<int:letter_id>/", letters.letter, name="letter"),
    path("letters/out/<int:letter_id>/edit/", drafts.edit, name="letter_edit"),
    path("letters/out/<int:letter_id>/recipients/", drafts.recipients, name="letter_recipients"),
    path("letters/out/<int:letter_id>/attachments/", drafts.attachments, name="letter_attachments"),
    path("letters/out/<int:letter_id>/references/", drafts.references, name="letter_references"),
    path("letters/out/<int:letter_id>/remove/<slug:part>/", drafts.part_remove, name="letter_part_remove"),
    path("letters/out/<int:letter_id>/submit/", letters.submit, name="letter_submit"),
    path("letters/out/<int:letter_id>/approve/", letters.approve, name="letter_approve"),
    path("letters/out/<int:letter_id>/return/", letters.send_back, name="letter_return"),
    path("letters/out/<int:letter_id>/issue/", letters.issue, name="letter_issue"),
    path("letters/out/<int:letter_id>/give-up/", letters.give_up, name="letter_give_up"),
    path("letters/out/<int:letter_id>/recall/", letters.recall_all, name="letter_recall"),
    path("letters/out/<int:letter_id>/void/", letters.void, name="letter_void"),
    path("letters/out/<int:letter_id>/paper/<slug:file_format>/", letters.paper, name="letter_paper"),
    path("letters/out/files/<int:attachment_id>/", letters.file, name="letter_file"),
    path("letters/out/recipients/<int:recipient_id>/", recipients.recipient, name="recipient"),
    path("letters/out/recipients/<int:recipient_id>/recall/", recipients.call_back, name="recipient_recall"),
    path("letters/out/recipients/<int:recipient_id>/resend/", recipients.send_again, name="recipient_resend"),
    path("letters/out/recipients/<int:recipient_id>/dispatch/", recipients.dispatch, name="recipient_dispatch"),
    path("letters/out/recipients/<int:recipient_id>/outcome/", recipients.settle, name="recipient_outcome"),
]
