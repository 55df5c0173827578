/**
 * The arrows of architecture.md, as tables. A new arrow is a design change: it comes in a commit of its own,
 * together with its row here.
 */

export type Layer = 'shared' | 'core' | 'cli' | 'extension' | 'webview';

interface LayerLaw {
  /** Layers that a file of this one may import from, beside its own. */
  readonly layers: readonly Layer[];
  /** npm packages; a trailing `*` stands for any rest. */
  readonly packages: readonly string[];
  readonly mayUseNode: boolean;
  /** Files at the root of the checkout. */
  readonly rootFiles: readonly string[];
}

const dataPackages = ['zod', 'hdr-histogram-js', 'pure-rand', '@stdlib/*'];

export const layerLaws: Readonly<Record<Layer, LayerLaw>> = {
  shared: { layers: [], packages: dataPackages, mayUseNode: false, rootFiles: [] },
  core: {
    layers: ['shared'],
    packages: [
      ...dataPackages,
      'autocannon',
      'undici',
      'execa',
      'pidtree',
      'pidusage',
      'dotenv',
      'jsonc-parser',
      'string-argv',
      'fastest-levenshtein',
      '@peculiar/x509',
      'reflect-metadata',
    ],
    mayUseNode: true,
    rootFiles: [],
  },
  cli: {
    layers: ['core', 'shared'],
    packages: ['commander', 'picocolors', 'fastest-levenshtein'],
    mayUseNode: true,
    rootFiles: ['package.json'],
  },
  extension: { layers: ['core', 'shared'], packages: ['vscode'], mayUseNode: true, rootFiles: ['package.json'] },
  webview: { layers: ['shared'], packages: ['chart.js', 'lit'], mayUseNode: false, rootFiles: [] },
};

/** The rooms of core whose code the extension may run; of the others it sees types alone. */
export const roomsOfExtension: readonly string[] = ['history', 'project', 'report', 'isInside', 'isLoopback'];

const measuring = ['target', 'load', 'sample', 'collector'];

/**
 * What each room of core may import beside itself, `shared` and the common files. A file that lies directly in core
 * is a room of its own name.
 */
export const roomLaws: Readonly<Record<string, readonly string[]>> = {
  project: [],
  target: [],
  load: [],
  sample: [],
  collector: [],
  history: [],
  report: [],
  inspect: ['target', 'sample'],
  code: ['project', 'target'],
  locust: ['project', 'load', 'target'],
  trial: [...measuring, 'inspect', 'code', 'locust'],
  comparison: ['project', ...measuring, 'inspect', 'code', 'locust', 'trial', 'history'],
  // The composition roots of core: what the command line and the engine mode start.
  runEngine: ['project', ...measuring, 'inspect', 'trial', 'comparison', 'history', 'report'],
  runMonitor: ['sample', 'target', 'trial'],
  runDoctor: ['project', ...measuring, 'trial', 'comparison', 'history'],
};

/** Files directly in core that every room may use, and that use no room. */
export const commonFiles: readonly string[] = [
  'cacheFolder',
  'isInside',
  'isLoopback',
  'runStopped',
  'runToEnd',
  'taskGroup',
  'writeFileAtomic',
];

/** Types and constants in which rooms speak of each other: every room may use them. */
export const commonWords: readonly string[] = ['target/processes', 'collector/collectorReport'];

/** Single arrows between rooms that are bound to be strangers, each with its reason. */
export const singleArrows: Readonly<Record<string, readonly string[]>> = {
  // Whoever ends processes must find them, and whoever pins them must know the cores: the readers of /proc, which know of nothing else.
  target: ['sample/coreList', 'sample/procFiles', 'sample/procStat', 'sample/processEnvironment', 'sample/unixMs'],
};
