import type { Warning } from '../../shared/record';
import type { PythonChoice } from './findPython';

/** Nothing pointed to an interpreter. */
export function guessedPython(python: PythonChoice): Warning {
  return {
    code: 'python_guessed',
    message: `The app runs on ${python.origin} (${python.version}): no virtual environment was found`,
    advice:
      'Make a .venv beside the app, or set INSIGHTS_COMPARISON_PYTHON (in the editor: insightsComparison.pythonPath).',
  };
}

/** Two readers of env files disagree. */
export function ambiguousEnvFile(file: string, names: readonly string[], reader: 'python' | 'node'): Warning {
  const how =
    reader === 'python'
      ? "python-dotenv's reading is used"
      : 'the app has no python-dotenv, so the value may not be what it would read';
  return {
    code: 'env_file_ambiguous',
    message: `${file}: ${names.join(', ')} is read differently by python-dotenv and dotenv; ${how}`,
    advice: 'Put the value in single quotes.',
  };
}

/** `--until` with fewer first blocks than it can plan by. */
export function moreFirstBlocks(blocks: number, asked: number): Warning {
  return {
    code: 'until_first_blocks',
    message: `--until measures ${blocks} blocks first instead of ${asked}: fewer say too little of the spread`,
    advice: `Leave --blocks out, or ask for ${blocks} or more.`,
  };
}

/** Of a run whose telemetry goes to a service; `isUnreached`: because the app does not reach our collector. */
export const noCapacityAway = (isUnreached: boolean): Warning => ({
  code: 'capacity_left_out',
  message:
    'Capacity is not measured where telemetry goes to a service: a closed loop would send as many events as the app can make',
  advice: isUnreached ? 'Set "collectorUrl" of the target to measure it.' : 'Leave out --endpoint to measure it.',
});

/** Of a run with a Locust file of the user's. */
export const noCapacityOfLocust: Warning = {
  code: 'capacity_left_out',
  message: 'Capacity is not measured with a Locust file of your own: what it asks for, only Locust knows',
  advice: 'Name a behaviour for it in the project file: "capacity": { "behaviour": "…" }.',
};

/** The closed loop has nothing that it may ask for. */
export const noCapacityRequests: Warning = {
  code: 'no_capacity_requests',
  message: 'Capacity was left out: no request of the behaviour is a plain GET that expects no error',
  advice: 'Name one with "capacity": {"behaviour": …, "methods": […]} in the project file.',
};

/** The app's interpreter has no server for production. */
export function developmentServer(server: string, framework: 'django' | 'flask'): Warning {
  const name = framework === 'django' ? 'Django' : 'Flask';
  return {
    code: 'development_server',
    message: `The app runs on ${server}, without reloader and debugger: its Python has neither gunicorn nor waitress, so each request costs more than in production, and Insights' share of it looks smaller`,
    advice: `Install what serves the ${name} app in production (pip install gunicorn), or name its command in the project file.`,
  };
}

/** Starting a worker would take tasks out of whatever broker the app uses: nobody has asked for that. */
export function celeryNotStarted(modules: readonly string[]): Warning {
  return {
    code: 'celery_not_started',
    message: `A Celery app was found (${modules.join(', ')}), and no worker of it is started: it would take tasks from the broker that you use`,
    advice: 'List a worker under "companions" in the project file, with a broker of its own.',
  };
}

/** `manage.py` and the WSGI module name different settings. */
export function otherSettings(used: string, others: readonly string[]): Warning {
  return {
    code: 'other_settings',
    message: `The app runs with ${used}, which manage.py names; its server modules name ${others.join(', ')}`,
    advice: `To measure those, set DJANGO_SETTINGS_MODULE before the start: DJANGO_SETTINGS_MODULE=${others[0] ?? ''} insights-comparison run …`,
  };
}

/** Several env files name the switch, and which two belong together cannot be told. */
export function ambiguousVariants(files: readonly string[]): Warning {
  return {
    code: 'variants_ambiguous',
    message: `Insights is switched by the process environment: several env files name the switch (${files.join(', ')}), and which two belong together cannot be told`,
    advice: 'Name two: --variant without=FILE --variant with=FILE.',
  };
}

/** `file`: as one would name it from the folder that is run. */
export function locustFileFound(file: string): Warning {
  return {
    code: 'locust_file_found',
    message: `There is a Locust file (${file}); the load is not what its users do`,
    advice: `To have them make it: --locustfile ${file} on the command line; in the editor they stand in the question of what to run.`,
  };
}
