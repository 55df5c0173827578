const __url = require('url').pathToFileURL(__filename).href;
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if ((from && typeof from === 'object') || typeof from === 'function') {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, {
          get: () => from[key],
          enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable,
        });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (
  (target = mod != null ? __create(__getProtoOf(mod)) : {}),
  __copyProps(
    // If the importer is in node compatibility mode or this is not an ESM
    // file that has been converted to a CommonJS file using a Babel-
    // compatible transform (i.e. "__esModule" has not been set), then set
    // "default" to the CommonJS "module.exports" for node compatibility.
    isNodeMode || !mod || !mod.__esModule ? __defProp(target, 'default', { value: mod, enumerable: true }) : target,
    mod,
  )
);

// test/vscode/startVsCode.ts
var import_promises4 = require('node:fs/promises');

// test/vscode/homeProcesses.ts
var import_promises = require('node:fs/promises');
async function homeProcesses(home) {
  const names = (await (0, import_promises.readdir)('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => homeProcess(name, home)));
  return found.filter((each) => each !== null);
}
async function homeProcess(name, home) {
  const read = (file) => (0, import_promises.readFile)(`/proc/${name}/${file}`, 'latin1').catch(() => '');
  if (!(await read('environ')).split('\0').includes(`HOME=${home}`)) return null;
  return { pid: Number(name), command: (await read('cmdline')).replaceAll('\0', ' ').trim() };
}
async function endHomeProcesses(home) {
  for (const { pid } of await homeProcesses(home)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
}

// test/vscode/launchBrowser.ts
var import_playwright_core = require('playwright-core');
async function launchBrowser() {
  const executablePath = process.env['INSIGHTS_COMPARISON_CHROMIUM'];
  if (!executablePath)
    throw new Error('INSIGHTS_COMPARISON_CHROMIUM is not set: run `npm test`, which finds a Chromium and sets it.');
  return import_playwright_core.chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// test/vscode/quickInput.ts
var import_playwright_core2 = require('playwright-core');
var listMs = 2e3;
var commandMs = 6e4;
function quickInput(page) {
  const box = page.locator('.quick-input-widget:visible');
  const input = box.locator('.quick-input-box input');
  const row = (name) => box.getByRole('option', { name }).first();
  return {
    input,
    title: box.locator('.quick-input-title'),
    rows: box.locator('.quick-input-list .monaco-list-row'),
    row,
    choose: async (name) => row(name).click(),
    accept: async () => input.press('Enter'),
    dismiss: async () => {
      await input.press('Escape');
      await box.waitFor({ state: 'hidden' });
    },
    back: async () => box.getByRole('button', { name: 'Back' }).click(),
  };
}
async function runCommand(page, title) {
  const box = quickInput(page);
  const row = box.row(new RegExp(`^(?:[^:]+: )?${escapeForRegExp(title)}(?:,|$)`));
  const deadlineMs = performance.now() + commandMs;
  for (;;) {
    await page.keyboard.press('F1');
    await box.input.fill(`>${title}`);
    if (await isThere(row)) break;
    if (performance.now() > deadlineMs) throw new Error(`The palette has no command "${title}".`);
    await box.dismiss();
  }
  await row.click();
}
async function isThere(locator) {
  try {
    await locator.waitFor({ timeout: listMs });
    return true;
  } catch (error) {
    if (error instanceof import_playwright_core2.errors.TimeoutError) return false;
    throw error;
  }
}
function escapeForRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// test/vscode/themes.ts
var themes = {
  dark: { label: 'Dark Modern', workbench: 'vs-dark', body: 'vscode-dark' },
  light: { label: 'Light Modern', workbench: 'vs', body: 'vscode-light' },
  highContrast: { label: 'Dark High Contrast', workbench: 'hc-black', body: 'vscode-high-contrast' },
  highContrastLight: { label: 'Light High Contrast', workbench: 'hc-light', body: 'vscode-high-contrast-light' },
};
var themeNames = Object.keys(themes);
async function setTheme(page, name) {
  const { label, workbench } = themes[name];
  const box = quickInput(page);
  await runCommand(page, 'Preferences: Color Theme');
  await box.input.fill(label);
  await box.choose(new RegExp(`^${label}(?:,|$)`));
  await page.locator(`.monaco-workbench.${workbench}`).waitFor();
}

// test/vscode/windowAddress.ts
function originOf(port) {
  return `http://127.0.0.1:${port}`;
}
function windowAddress({ port, folder, testsFolder }) {
  const query = new URLSearchParams({ folder });
  if (testsFolder !== void 0) {
    const uri = `vscode-remote://127.0.0.1:${port}${encodeURI(testsFolder)}`;
    const payload = { extensionDevelopmentPath: uri, extensionTestsPath: `${uri}/index.js` };
    query.set('payload', JSON.stringify(Object.entries(payload)));
  }
  return `${originOf(port)}/?${query.toString()}`;
}

// test/vscode/openWindow.ts
var waitMs = 6e4;
async function openWindow(options) {
  const context = await options.browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.setDefaultTimeout(waitMs);
  const page = await context.newPage();
  const foreignRequests = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isOwnFile = url.hostname.endsWith('.vscode-resource.vscode-cdn.net');
    if (url.protocol.startsWith('http') && url.origin !== originOf(options.port) && !isOwnFile)
      foreignRequests.push(request.url());
  });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(windowAddress(options));
  await workbenchStands(page);
  const input = quickInput(page);
  return {
    page,
    quickInput: input,
    foreignRequests,
    ...partsOf(page),
    runCommand: async (title) => runCommand(page, title),
    setTheme: async (name) => setTheme(page, name),
    screenshot: async (file) => {
      await page.screenshot({ path: file });
    },
    reload: async () => {
      await page.reload();
      await workbenchStands(page);
    },
    close: async () => {
      const closed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await closed;
      await context.close();
    },
    crash: async () => {
      const session = await context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      void session.send('Page.crash').catch(() => void 0);
      await crashed;
      await context.close();
    },
  };
}
async function workbenchStands(page) {
  await page.waitForFunction("performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0");
}
function partsOf(page) {
  return {
    openContainer: async (title) => {
      const item = page.locator('.activitybar .action-item', { has: page.locator(`[aria-label^="${title}"]`) });
      await item.waitFor();
      const classes = (await item.getAttribute('class')) ?? '';
      if (!classes.split(' ').includes('checked')) await item.click();
    },
    treeRow: (name) => page.getByRole('treeitem', { name }).first(),
    chooseFromMenuOf: async (target, item) => {
      await target.click({ button: 'right' });
      const row = page.getByRole('menuitem', { name: item });
      await row.waitFor();
      while (await row.isVisible()) await row.click({ delay: 50 });
    },
    webview: (index = 0) =>
      page.locator('iframe.webview.ready:visible').nth(index).contentFrame().frameLocator('iframe#active-frame'),
    notification: (words) => page.locator('.notifications-toasts .notification-list-item', { hasText: words }).first(),
    dialog: page.locator('.monaco-dialog-box'),
    statusBarItem: (words) => page.locator('.statusbar-item', { hasText: words }).first(),
    outputLine: (words) => page.locator('.part.panel .output-view .view-line', { hasText: words }).first(),
    tab: (title) => page.getByRole('tab', { name: title }).first(),
  };
}

// test/vscode/runInside.ts
var import_promises2 = require('node:fs/promises');
var import_node_path = __toESM(require('node:path'));
var import_esbuild = require('esbuild');
async function runInside(entry, { browser, home, ...target }) {
  const testsFolder = await (0, import_promises2.mkdtemp)(import_node_path.default.join(home, 'tests-'));
  const result = import_node_path.default.join(testsFolder, 'result.json');
  await writeTests(entry, testsFolder, result);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const log = [];
    await page.exposeFunction('codeAutomationLog', (level, words) => log.push(`${level} ${JSON.stringify(words)}`));
    const { promise: ended, resolve: end } = withResolvers();
    await page.exposeFunction('codeAutomationExit', end);
    await page.goto(windowAddress({ ...target, testsFolder }));
    const code = await ended;
    const text = await (0, import_promises2.readFile)(result, 'utf8').catch(() => '');
    if (text === '')
      throw new Error(`Nothing came out of ${entry} (code ${code}):
${log.join('\n')}`);
    const outcome = JSON.parse(text);
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.value;
  } finally {
    await context.close();
  }
}
async function writeTests(entry, folder, result) {
  const inner = import_node_path.default.join(folder, 'entry.js');
  await (0, import_esbuild.build)({
    entryPoints: [entry],
    outfile: inner,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    external: ['vscode'],
    logLevel: 'error',
  });
  const manifest = {
    name: 'tests',
    version: '1.0.0',
    publisher: 'insights-comparison',
    engines: { vscode: '^1.99.0' },
  };
  await (0, import_promises2.writeFile)(
    import_node_path.default.join(folder, 'package.json'),
    JSON.stringify(manifest),
  );
  await (0, import_promises2.writeFile)(
    import_node_path.default.join(folder, 'index.js'),
    `const { writeFileSync } = require('node:fs');
exports.run = async () => {
  let outcome;
  try {
    outcome = { value: await require(${JSON.stringify(inner)}).run() };
  } catch (error) {
    outcome = { error: String((error && error.stack) || error) };
  }
  writeFileSync(${JSON.stringify(result)}, JSON.stringify(outcome));
};
`,
  );
}
function withResolvers() {
  let resolve = () => void 0;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}

// test/vscode/startServer.ts
var import_node_child_process = require('node:child_process');
var import_node_path3 = __toESM(require('node:path'));
var import_node_util = require('node:util');
var import_node_url = require('node:url');

// scripts/setup/installVsCodeServer.mjs
var import_node_path2 = require('node:path');
var serverMain = (0, import_node_path2.join)('package', 'lib', 'vscode', 'out', 'server-main.js');

// test/vscode/startServer.ts
var endWithStdin = (0, import_node_url.fileURLToPath)(new URL('endWithStdin.mjs', __url));
function serverFolders(home, purpose) {
  return {
    userData: import_node_path3.default.join(home, purpose, 'ud'),
    serverData: import_node_path3.default.join(home, purpose, 'sd'),
    extensions: import_node_path3.default.join(home, 'ext'),
  };
}
async function startServer(place, purpose) {
  const { userData } = serverFolders(place.home, purpose);
  const { command, args } = serverCommand(place, purpose, [
    '--host=127.0.0.1',
    '--port=0',
    '--without-connection-token',
    '--telemetry-level=off',
    `--user-data-dir=${userData}`,
    // Lets a window run extension tests, but takes its notifications and modal questions away.
    ...(purpose === 'inside' ? ['--enable-smoke-test-driver'] : []),
  ]);
  const child = (0, import_node_child_process.spawn)(process.execPath, [endWithStdin, command, ...args], {
    cwd: place.home,
    env: serverEnvironment(place),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise((resolve) => child.once('close', () => resolve()));
  let output = '';
  const port = await new Promise((resolve, reject) => {
    const keep = (chunk) => {
      output += chunk;
      const bound = /Extension host agent listening on (\d+)/.exec(output);
      if (bound) resolve(Number(bound[1]));
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', () =>
      reject(
        new Error(`VS Code ended before it listened:
${output}`),
      ),
    );
  });
  const answer = await fetch(`http://127.0.0.1:${port}/version`);
  if (!answer.ok)
    throw new Error(`VS Code answers with ${answer.status}:
${output}`);
  return {
    port,
    output: () => output,
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
async function installVsix(place, vsix) {
  const { command, args } = serverCommand(place, 'windows', ['--install-extension', vsix, '--force']);
  await (0, import_node_util.promisify)(import_node_child_process.execFile)(command, args, {
    env: serverEnvironment(place),
  });
}
function serverCommand({ folder, home }, purpose, words) {
  const { serverData, extensions } = serverFolders(home, purpose);
  const common = [`--server-data-dir=${serverData}`, `--extensions-dir=${extensions}`, '--accept-server-license-terms'];
  return {
    command: import_node_path3.default.join(folder, 'node'),
    args: [import_node_path3.default.join(folder, serverMain), ...words, ...common],
  };
}
function serverEnvironment({ home, env }) {
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    XDG_CACHE_HOME: import_node_path3.default.join(home, 'cache'),
    ...env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    TMPDIR: home,
    EXTENSIONS_GALLERY: '{}',
  };
}

// test/vscode/userSettings.ts
var import_promises3 = require('node:fs/promises');
var import_node_path4 = __toESM(require('node:path'));
var quietSettings = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'git.enabled': false,
};
async function writeUserSettings(userData, settings) {
  const folder = import_node_path4.default.join(userData, 'User');
  await (0, import_promises3.mkdir)(folder, { recursive: true });
  await (0, import_promises3.writeFile)(
    import_node_path4.default.join(folder, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
}
function trustSettings(isTrustOn) {
  return {
    'security.workspace.trust.enabled': isTrustOn,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
}

// scripts/setup/vscodeServer.mjs
function platformProblem({ platform, arch }) {
  if (platform === 'linux' && arch === 'x64') return void 0;
  return `the tests in a real VS Code run on Linux x64 only, and are skipped here (${platform} ${arch})`;
}

// test/vscode/vsCodeFolder.ts
var variables = {
  old: 'INSIGHTS_COMPARISON_VSCODE_OLD',
  new: 'INSIGHTS_COMPARISON_VSCODE_NEW',
};
var whyNoVsCode = platformProblem(process);
var skipNote = whyNoVsCode === void 0 ? '' : `: ${whyNoVsCode}`;
function vsCodeFolder(version2) {
  const folder = process.env[variables[version2]];
  if (!folder)
    throw new Error(`${variables[version2]} is not set: run \`npm test\`, which installs VS Code and sets it.`);
  return folder;
}

// test/vscode/startVsCode.ts
async function startVsCode(options) {
  const home = await (0, import_promises4.mkdtemp)('/tmp/vsc-');
  const place = { folder: vsCodeFolder(options.version), home, env: options.env ?? {} };
  let settings = { ...trustSettings(options.trust === true), ...options.settings };
  const changeSettings = async (changes) => {
    settings = { ...settings, ...changes };
    for (const purpose of ['windows', 'inside'])
      await writeUserSettings(serverFolders(home, purpose).userData, settings);
  };
  const started = {};
  const close = async () => {
    const inside = await started.inside?.catch(() => void 0);
    await Promise.all([started.browser?.close(), started.windows?.end(), inside?.end()]);
    await endHomeProcesses(home);
    await (0, import_promises4.rm)(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await changeSettings({});
    await installVsix(place, options.vsix);
    started.windows = await startServer(place, 'windows');
    started.browser = await launchBrowser();
  } catch (error) {
    await close();
    throw error;
  }
  const { browser, windows } = started;
  return {
    home,
    changeSettings,
    openWindow: async ({ folder = options.folder } = {}) => openWindow({ browser, folder, port: windows.port }),
    runInside: async (entry, { folder = options.folder } = {}) => {
      const { port } = await (started.inside ??= startServer(place, 'inside'));
      return runInside(entry, { browser, folder, port, home });
    },
    extensionHosts: async () =>
      (await homeProcesses(home))
        .filter(({ command }) => command.includes('--type=extensionHost'))
        .map(({ pid }) => pid),
    processes: async () => homeProcesses(home),
    close,
  };
}

// ../../tmp/h-b/debug.ts
async function main() {
  const version = process.argv[2];
  const vsCode = await startVsCode({
    version,
    folder: process.env.WS || '/tmp/h-b/ws',
    settings: { 'insightsComparison.scenario': 'short' },
    vsix: process.env.VSIX,
    trust: process.argv[3] === 'trust',
  });
  try {
    const w = await vsCode.openWindow();
    w.page.setDefaultTimeout(5e4);
    await eval(`(async () => { ${process.env.CODE} })()`);
  } catch (e) {
    console.log(String(e));
  } finally {
    await vsCode.close();
  }
}
void main();
