import type { TargetSpec } from '../../shared/projectFile';

/** What an app is served by, as its files say it: the server is chosen when its interpreter is known. */
export interface AppEntry {
  readonly framework: 'django' | 'flask';
  /** `package.module:attribute`, with `()` behind a factory; null: none was found. */
  readonly wsgi: string | null;
  /** The same for an asynchronous server; Django alone. */
  readonly asgi: string | null;
  /** Django's settings module, and what else names another one (`config/wsgi.py` → `config.settings.production`). */
  readonly settings?: { readonly module: string; readonly others: readonly string[] };
  /** The modules in which a Celery app is made, in the folder that the app runs in. */
  readonly celeryModules: readonly string[];
}

/** An app that was found by what stands in its files. */
export interface DetectedTarget {
  readonly name: string;
  readonly spec: TargetSpec;
  readonly entry: AppEntry;
}
