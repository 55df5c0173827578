/** Where pins, names and notes of past runs are kept, beside `runs/`. In a file of its own: who watches it need not load what reads it. */
export const annotationsFileName = 'history.json';
