import type { CapacityTrial } from '../../shared/record';

/** A process with one thread of JavaScript or one global interpreter lock gets no further from here on. */
const busyGeneratorCores = 0.9;
const busyProcessCores = 0.8;
/** Of the cores that the generator leaves, workers without number use no more than about this. */
const busyMachineShare = 0.8;

export interface LimitFigures {
  /** Of the app's whole process tree; null: out of reach, so that only the generator's limit shows. */
  readonly targetCores: number | null;
  /** Of the busiest of its processes; null where they are not told apart. */
  readonly busiestProcessCores: number | null;
  readonly generatorCores: number;
  readonly machineCores: number;
}

/**
 * Who was at its limit in a closed loop. The target is when one of its processes fills a core (Python runs on one at a time), or when all
 * of them together fill what the generator leaves of the machine. An app that waits (for a database, a lock, a disk) fills neither, and
 * neither does one whose machine others use: `unclear`, as when generator and target are both at their limit.
 */
export function bottleneck(figures: LimitFigures): CapacityTrial['bottleneck'] {
  const { targetCores, generatorCores, machineCores } = figures;
  const isGeneratorBusy = generatorCores > busyGeneratorCores;
  if (targetCores === null) return isGeneratorBusy ? 'generator' : 'unclear';
  const isOneProcessBusy = (figures.busiestProcessCores ?? targetCores) > busyProcessCores;
  const isMachineBusy = targetCores > busyMachineShare * Math.max(1, machineCores - generatorCores);
  const isTargetBusy = isOneProcessBusy || isMachineBusy;
  if (isGeneratorBusy === isTargetBusy) return 'unclear';
  return isTargetBusy ? 'target' : 'generator';
}
