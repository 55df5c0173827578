import type { Page } from 'playwright-core';

/** What people ask of a comparison, and where the page answers: by tabs that are pressed, one click each. */
export interface Question {
  readonly name: string;
  readonly question: string;
  readonly tabs: readonly string[];
  /** The element that holds the answer. */
  readonly answer: string;
}

export const fiveQuestions: readonly Question[] = [
  { name: 'cost', question: 'What does it cost per request?', tabs: [], answer: '.verdict' },
  { name: 'view', question: 'On which view?', tabs: ['Endpoints'], answer: '#endpoints tbody tr >> nth=0' },
  {
    name: 'events',
    question: 'How many events a day will I pay for?',
    tabs: ['Events'],
    answer: '#events .per-day >> nth=0',
  },
  { name: 'trust', question: 'Can I trust this?', tabs: ['How measured'], answer: '#method .method >> nth=0' },
  { name: 'since', question: 'What changed since the run I pinned?', tabs: ['History'], answer: '#since' },
];

/** Goes to the answer as a reader does. */
export async function ask(page: Page, { tabs }: Question): Promise<void> {
  for (const name of tabs) await page.getByRole('tab', { name, exact: true }).click();
}
