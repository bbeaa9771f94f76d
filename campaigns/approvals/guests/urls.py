"""Addresses of guests of reviews, of what she takes back, and of the letter somebody passes on by hand."""

from django.urls import path

from campaigns.approvals.guests import her_views, views
from campaigns.approvals.guests import public_views as public

urlpatterns = [
    path("campaigns/<int:pk>/approvals/guests/", views.guests, name="review-guests"),
    path("reviews/guests/<int:pk>/hand/", views.guest_hand, name="review-guest-hand"),
    path("reviews/guests/<int:pk>/do/<slug:code>/", views.guest_do, name="review-guest-do"),
    path("reviews/letters/<int:pk>/<int:contact>/", views.letter_hand, name="review-hand"),
    path("my/<int:pk>/take-back/<int:version>/", her_views.take_back_version, name="portal-take-back"),
    path("r/new/", public.new_link, name="guest-new-link"),
    path("r/page/<int:pk>/", public.page, name="guest-page"),
    path("r/page/<int:pk>/<int:version>/", public.version, name="guest-version"),
    path("r/page/<int:pk>/<int:version>/notes/", public.note, name="guest-note"),
    path("r/page/<int:pk>/<int:version>/notes/<int:note>/gone/", public.note_gone, name="guest-note-gone"),
    path("r/page/<int:pk>/files/<int:asset>/", public.file, name="guest-file"),
    path("r/<str:token>/", public.door, name="guest-door"),
]
