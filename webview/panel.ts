import { defineChartCanvas } from './components/chartCanvas';
import { mountPanelPage } from './panelPage';
import { adoptPanelStyles } from './styles/adoptStyles';
import { followTheme } from './theme';

/** The entry of the page inside the editor: it asks the host what to show. */
function main(): void {
  const root = document.getElementById('page');
  if (root === null) throw new Error('The page has no place to draw into.');
  document.documentElement.dataset['place'] = 'editor';
  adoptPanelStyles(document);
  followTheme();
  defineChartCanvas();
  mountPanelPage(root);
}

main();
