"""Routes of the room."""

from django.urls import URLPattern, URLResolver, path

from phrom.committee import views

urlpatterns: list[URLPattern | URLResolver] = [path("orders/", views.orders, name="orders")]
