import type { RunEventBody } from '../../shared/events';
import type { ComparisonRecord, Warning } from '../../shared/record';
import type { RunFolder } from '../history/runFolder';
import { saveRecord } from '../history/saveRecord';
import { buildRecord, type ComparisonState } from './buildRecord';

/** Holds the state of a comparison and keeps the record on disk up to date with it. */
export class RecordKeeper {
  constructor(
    readonly folder: RunFolder,
    public state: ComparisonState,
    private readonly onEvent: (event: RunEventBody) => void,
  ) {}

  update(change: Partial<ComparisonState>): void {
    this.state = { ...this.state, ...change };
  }

  /** Adds a warning to the record, once per code and message. */
  warn(warning: Warning): void {
    if (this.state.warnings.some(({ code, message }) => code === warning.code && message === warning.message)) return;
    this.update({ warnings: [...this.state.warnings, warning] });
    this.onEvent({ type: 'warning', warning });
  }

  async save(): Promise<ComparisonRecord> {
    const record = buildRecord(this.state);
    await saveRecord(this.folder, record);
    return record;
  }
}
