"""Routes of the room."""

from django.urls import path

from phrom.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("chair/", views.chair, name="chair"),
    path("journal/", views.journal, name="journal"),
]
