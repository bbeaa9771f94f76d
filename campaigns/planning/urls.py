"""Addresses of campaigns, of people's parts in them, and of what they make."""

from django.urls import path

from campaigns.planning.views import (
    bulk,
    campaigns,
    clauses,
    collaborations,
    deliverables,
    imported,
    people,
    promises,
    ways_out,
)

urlpatterns = [
    path("", campaigns.campaigns, name="campaigns"),
    path("new/", campaigns.campaign_new, name="campaign-new"),
    path("add-people/", people.campaign_from_list, name="campaign-from-list"),
    path("<int:pk>/", campaigns.campaign, name="campaign"),
    path("<int:pk>/edit/", campaigns.campaign_edit, name="campaign-edit"),
    path("<int:pk>/people/", people.campaign_people, name="campaign-people"),
    path("<int:pk>/people/add/", people.campaign_people_add, name="campaign-people-add"),
    path("<int:pk>/bulk/", bulk.campaign_bulk, name="campaign-bulk"),
    path("<int:pk>/do/<slug:code>/", campaigns.campaign_verb, name="campaign-verb"),
    path("collaborations/<int:pk>/", collaborations.collaboration, name="collaboration"),
    path("collaborations/<int:pk>/put/", collaborations.collaboration_put, name="collaboration-put"),
    path("collaborations/<int:pk>/terms/", collaborations.collaboration_terms, name="collaboration-terms"),
    path("collaborations/<int:pk>/pause/", collaborations.collaboration_pause, name="collaboration-pause"),
    path("collaborations/<int:pk>/resume/", collaborations.collaboration_resume, name="collaboration-resume"),
    path("collaborations/<int:pk>/remind/", collaborations.collaboration_remind, name="collaboration-remind"),
    path("collaborations/<int:pk>/promises/new/", promises.clause_new, name="clause-new"),
    path("collaborations/<int:pk>/promises/allow/", promises.promise_allow, name="promise-allow"),
    path("collaborations/<int:pk>/promises/<int:clause>/", clauses.clause, name="clause"),
    path("collaborations/<int:pk>/promises/<int:clause>/change/", promises.clause_edit, name="clause-edit"),
    path("collaborations/<int:pk>/promises/<int:clause>/end/", clauses.clause_end, name="clause-end"),
    path("collaborations/<int:pk>/promises/<int:clause>/drop/", promises.clause_drop, name="clause-drop"),
    path("collaborations/<int:pk>/promises/later/", ways_out.promise_later, name="promise-later"),
    path("collaborations/<int:pk>/promises/instead/", ways_out.promise_instead, name="promise-instead"),
    path("imported/<int:pk>/remind/", imported.imported_remind, name="imported-remind"),
    path("collaborations/<int:pk>/plan/", deliverables.deliverable_new, name="deliverable-new"),
    path("deliverables/<int:pk>/edit/", deliverables.deliverable_edit, name="deliverable-edit"),
    path("deliverables/<int:pk>/approve/", deliverables.deliverable_approve, name="deliverable-approve"),
    path("deliverables/<int:pk>/changes/", deliverables.deliverable_changes, name="deliverable-changes"),
    path("deliverables/<int:pk>/drop/", deliverables.deliverable_drop, name="deliverable-drop"),
    path("deliverables/<int:pk>/reopen/", deliverables.deliverable_reopen, name="deliverable-reopen"),
    path("deliverables/<int:pk>/proof/", deliverables.deliverable_proof, name="deliverable-proof"),
]
