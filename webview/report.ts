import { defineChartCanvas } from './components/chartCanvas';
import { comparisonView } from './model/comparisonView';
import { readPageData } from './pageData';
import { mountReportPage } from './reportPage';
import { adoptStyles } from './styles/adoptStyles';
import { followTheme } from './theme';

/** The entry of the exported page: everything is there already, embedded. */
function main(): void {
  const root = document.getElementById('page');
  if (root === null) throw new Error('The page has no place to draw into.');
  adoptStyles(document);
  followTheme();
  defineChartCanvas();
  const { record, series } = readPageData(document);
  mountReportPage(root, comparisonView(record, series), 'this file holds the whole record and loads nothing');
}

main();
