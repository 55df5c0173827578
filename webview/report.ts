import { comparisonView } from './model/comparisonView';
import { readPageData } from './pageData';
import { mountReportPage } from './reportPage';
import { adoptStyles } from './styles/adoptStyles';

/** The exported page: everything is there already, embedded. */
export function showReport(root: HTMLElement): void {
  adoptStyles(document);
  const { record, series } = readPageData(document);
  mountReportPage(root, comparisonView(record, series), {
    footnote: 'this file holds the whole record and loads nothing',
    // `report.html#endpoints` is a link to that tab.
    tab: location.hash.slice(1),
    onTab: (tab) => history.replaceState(null, '', `#${tab}`),
  });
}
