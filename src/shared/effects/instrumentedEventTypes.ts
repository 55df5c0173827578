/** Event types that only Insights sends; any other type is the app's own `honeybadger.event()`. */
export const instrumentedEventTypes: ReadonlySet<string> = new Set([
  'django.request',
  'flask.request',
  'asgi.request',
  'db.query',
  'celery.task_finished',
]);
