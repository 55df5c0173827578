import { quoteForShell } from '../core/project/requestCommand';

/** A file by which a shell starts a script with the editor's own Node. */
export function launcher({
  node,
  script,
  platform,
}: {
  readonly node: string;
  readonly script: string;
  readonly platform: NodeJS.Platform;
}): { readonly name: string; readonly text: string } {
  if (platform === 'win32') {
    const inBatch = (word: string): string => `"${word.replaceAll('%', '%%')}"`;
    return {
      name: 'insights-comparison.cmd',
      text: `@echo off\r\nsetlocal\r\nset ELECTRON_RUN_AS_NODE=1\r\n${inBatch(node)} ${inBatch(script)} %*\r\n`,
    };
  }
  return {
    name: 'insights-comparison',
    text: `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoteForShell(node)} ${quoteForShell(script)} "$@"\n`,
  };
}
