# As Celery documents it for Django: the app is loaded with the project, so that tasks find it. With Insights on, this
# has a cost that honeybadger's users meet too: CeleryHoneybadger and the middleware each patch Django's cursor, and every
# query of the web process is matched and sent twice. It is left as it is: finding it is what the comparison is for.
from .celery import app as celery_app

__all__ = ["celery_app"]
