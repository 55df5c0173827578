import { defineChartCanvas } from './components/chartCanvas';
import { hasPageData } from './pageData';
import { showPanel } from './panel';
import { showReport } from './report';
import { followTheme } from './theme';

/** The entry of every page: the exported one has its record in it, the one inside the editor asks its host. */
function main(): void {
  const root = document.getElementById('page');
  if (root === null) throw new Error('The page has no place to draw into.');
  const show = hasPageData(document) ? showReport : showPanel;
  followTheme();
  defineChartCanvas();
  show(root);
}

main();
