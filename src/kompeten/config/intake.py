"""How does a server call the exam intake that stands beside the web server?"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
django.setup()

from kompeten.foundation import parent  # noqa: E402 (the settings come first)
from kompeten.web.examroom.intake_loop import Beside  # noqa: E402 (the settings come first)

application = Beside()
parent.follow()
