"""Django's name for the face."""

from django.apps import AppConfig


class ExamroomConfig(AppConfig):
    """The face `examroom`."""

    name = "kompeten.web.examroom"
    label = "web_examroom"
