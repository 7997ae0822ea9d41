"""How does a web server call the house?"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")
application = get_wsgi_application()
