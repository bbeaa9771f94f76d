"""Addresses of briefs and of their library."""

from django.urls import path

from campaigns.briefs.views import library, versions, writing

urlpatterns = [
    path("<int:pk>/brief/", writing.campaign_brief, name="campaign-brief"),
    path("<int:pk>/brief/release/", writing.brief_release, name="brief-release"),
    path("<int:pk>/brief/throw-away/", writing.brief_throw_away, name="brief-throw-away"),
    path("<int:pk>/brief/versions/", versions.brief_versions, name="brief-versions"),
    path("<int:pk>/brief/versions/<int:number>.pdf", versions.brief_pdf, name="brief-pdf"),
    path("<int:pk>/brief/versions/<int:number>/keep/", library.brief_keep, name="brief-keep"),
    path("<int:pk>/brief/files/<int:file>/", versions.brief_file, name="brief-file"),
    path("collaborations/<int:pk>/brief.pdf", versions.brief_her_pdf, name="brief-her-pdf"),
    path("briefs/", library.brief_library, name="brief-library"),
    path("briefs/<int:pk>/", library.brief_template, name="brief-template"),
    path("briefs/<int:pk>/retire/", library.brief_template_retire, name="brief-template-retire"),
]
