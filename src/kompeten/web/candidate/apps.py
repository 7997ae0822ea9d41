"""Django's name for the face."""

from django.apps import AppConfig


class CandidateConfig(AppConfig):
    """The face `candidate`."""

    name = "kompeten.web.candidate"
    label = "web_candidate"
