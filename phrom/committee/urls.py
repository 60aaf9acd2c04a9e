"""Routes of the room."""

from django.urls import URLPattern, URLResolver, path

from phrom.committee.views import importing, orders, seats

urlpatterns: list[URLPattern | URLResolver] = [
    path("orders/", orders.orders, name="orders"),
    path("orders/record/", orders.record, name="order_record"),
    path("orders/<int:order_id>/", orders.order, name="order"),
    path("orders/<int:order_id>/file/", orders.file, name="order_file"),
    path("orders/<int:order_id>/attach/", orders.attach, name="order_attach"),
    path("orders/<int:order_id>/paper/<slug:file_format>/", orders.paper, name="order_paper"),
    path("orders/<int:order_id>/difference/", orders.difference, name="order_difference"),
    path("orders/<int:order_id>/difference/<slug:file_format>/", orders.difference_paper, name="order_difference_paper"),
    path("orders/<int:order_id>/seats/", seats.add, name="seat_add"),
    path("orders/<int:order_id>/ended/", seats.end, name="seats_end"),
    path("orders/<int:order_id>/import/", importing.roster_import, name="roster_import"),
    path("orders/<int:order_id>/import/template/", importing.template, name="roster_template"),
    path("seats/<int:seat_id>/", seats.change, name="seat"),
    path("seats/<int:seat_id>/remove/", seats.remove, name="seat_remove"),
    path("seats/<int:seat_id>/holder/", seats.holder, name="seat_holder"),
    path("seats/<int:seat_id>/substitute/", seats.substitute, name="seat_substitute"),
    path("holders/<int:holder_id>/end/", seats.holder_end, name="holder_end"),
    path("substitutes/<int:substitution_id>/end/", seats.substitute_end, name="substitute_end"),
]
