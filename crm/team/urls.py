"""Addresses of the team and of the house."""

from django.urls import include, path

from crm.team.views import house, join, leaves, profile, team

urlpatterns = [
    path("accounts/", include("crm.team.sign_in_urls")),
    path("setup/", join.setup, name="setup"),
    path("join/<str:token>/", join.accept, name="team-accept"),
    path("team/", team.team, name="team"),
    path("team/invite/", team.invite, name="team-invite"),
    path("team/invitations/<int:pk>/resend/", team.resend, name="team-resend"),
    path("team/invitations/<int:pk>/withdraw/", team.withdraw, name="team-withdraw"),
    path("team/<int:pk>/", team.colleague, name="team-colleague"),
    path("team/<int:pk>/role/", team.role, name="team-role"),
    path("team/<int:pk>/brands/", team.brands, name="team-brands"),
    path("team/<int:pk>/deactivate/", team.leave, name="team-deactivate"),
    path("team/<int:pk>/reactivate/", team.come_back, name="team-reactivate"),
    path("team/<int:pk>/leave/", leaves.plan, name="team-leave"),
    path("team/leaves/<int:pk>/back/", leaves.back, name="leave-back"),
    path("team/<int:pk>/hand-over/", leaves.hand_over, name="team-hand-over"),
    path("team/hand-overs/<int:pk>/", leaves.handed_over, name="team-handed-over"),
    path("team/hand-overs/<int:pk>/take-back/", leaves.take_back, name="team-take-back"),
    path("profile/", profile.profile, name="profile"),
    path("language/", profile.language, name="set_language"),
    path("settings/", house.settings, name="settings"),
    path("settings/mail/", house.mail, name="settings-mail"),
]
