"""The endpoints."""

from django.urls import path

from shop import views

urlpatterns = [
    path("", views.home),
    path("api/data/", views.data),
    path("api/task/", views.task),
    path("api/error/", views.error),
    path("api/warmup/", views.warmup),
    path("api/report/", views.report),
]
