"""The web application, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

from motcua.interfaces.cli.children import follow_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
follow_server()
application = get_wsgi_application()
