"""What does every test stand on? Instants as literals, named people, an empty house."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
os.environ.setdefault("KOMPETEN_PROFILE", "test")
