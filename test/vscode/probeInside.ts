import * as vscode from 'vscode';

/** Runs inside the extension host: what the probe and the host look like from there. */
export async function run(): Promise<{ readonly planets: unknown; readonly version: string; readonly node: string }> {
  const probe = vscode.extensions.getExtension<{ readonly planets: readonly string[] }>('insights-comparison.probe');
  if (probe === undefined) throw new Error('The probe is not installed.');
  const { planets } = await probe.activate();
  return { planets, version: vscode.version, node: process.version };
}
