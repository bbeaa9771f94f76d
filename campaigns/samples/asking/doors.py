"""Who may look at samples and who works with them: what the pages of this room ask first."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.planning.views.doors import colleague, may
from campaigns.samples.models import SampleRequest

looks = may("campaigns.view_sample")
works = may("campaigns.change_sample")
decides = may("campaigns.approve_sample")


def find_sample(request: HttpRequest, pk: int) -> SampleRequest:
    """A request this colleague may see, or 404."""
    return get_object_or_404(SampleRequest.objects.visible_to(colleague(request)).with_person(), pk=pk)
