import { mountPanelPage } from './panelPage';
import { adoptPanelStyles } from './styles/adoptStyles';

/** The page inside the editor: it asks the host what to show. */
export function showPanel(root: HTMLElement): void {
  document.documentElement.dataset['place'] = 'editor';
  adoptPanelStyles(document);
  mountPanelPage(root);
}
