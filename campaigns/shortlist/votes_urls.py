"""Addresses of rounds of votes, and the one a voter's link leads to."""

from django.urls import path, re_path

from campaigns.shortlist import votes_public_views as public
from campaigns.shortlist import votes_step_views as steps
from campaigns.shortlist import votes_views as views

urlpatterns = [
    path("campaigns/<int:pk>/votes/", views.vote_rounds, name="vote-rounds"),
    path("campaigns/<int:pk>/votes/new/", views.vote_round_new, name="vote-round-new"),
    path("campaigns/votes/<int:pk>/", views.vote_round, name="vote-round"),
    path("campaigns/votes/<int:pk>/as-voter/", views.vote_preview, name="vote-preview"),
    path("campaigns/votes/<int:pk>/days/", steps.vote_round_days, name="vote-round-days"),
    path("campaigns/votes/<int:pk>/people/", steps.vote_round_people, name="vote-round-people"),
    path("campaigns/votes/<int:pk>/voters/", steps.vote_round_voters, name="vote-round-voters"),
    path("campaigns/votes/<int:pk>/do/<slug:code>/", steps.vote_round_do, name="vote-round-do"),
    path("campaigns/votes/ballots/<int:pk>/told/", steps.ballot_told, name="ballot-told"),
    path("campaigns/votes/ballots/<int:pk>/do/<slug:code>/", steps.ballot_do, name="ballot-do"),
    path("v/<str:token>/", public.ballot, name="ballot"),
    re_path(r"^v/(?P<token>[^/]+)/names\.(?P<ending>csv|xlsx|pdf)$", public.ballot_list, name="ballot-list"),
]
