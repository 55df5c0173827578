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

/** The closed loop has nothing that it may ask for. */
export const noCapacityRequests: Warning = {
  code: 'no_capacity_requests',
  message: 'Capacity was left out: no request of the behaviour is a plain GET that expects no error',
  advice: 'Name one with "capacity": {"behaviour": …, "methods": […]} in the project file.',
};
