import { html, nothing, type TemplateResult } from 'lit';

/** One column. The first is the row's header; `end` aligns numbers on their right. */
export interface TableColumn<Row> {
  readonly label: string;
  /** In place of the label in the head of the table. */
  readonly header?: unknown;
  readonly align?: 'start' | 'end';
  readonly className?: string;
  readonly cell: (row: Row) => unknown;
}

export interface TableGroup<Row> {
  /** Stands above the rows; null: nothing. */
  readonly title: string | null;
  readonly rows: readonly Row[];
}

/**
 * A table with a caption, framed, scrollable by keyboard when it is too wide. `stacks`: on a narrow page each
 * row becomes a labelled list (roles are spelled out, because `display: block` would take them away).
 */
export function dataTable<Row>(options: {
  readonly caption: unknown;
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly groups: readonly TableGroup<Row>[];
  readonly stacks?: true;
}): TemplateResult {
  const { caption, label, columns, groups, stacks } = options;
  return html`<div class="table-frame" role="region" aria-label=${label} tabindex="0">
    <table role="table" class=${stacks ? 'stacks' : ''}>
      <caption>
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(
            (column) =>
              html`<th role="columnheader" scope="col" class=${classes(column)}>${column.header ?? column.label}</th>`,
          )}
        </tr>
      </thead>
      ${groups.map(
        (group) =>
          html`<tbody role="rowgroup">
            ${
              group.title === null
                ? nothing
                : html`<tr role="row" class="group">
                    <th role="rowheader" scope="rowgroup" colspan=${columns.length}>${group.title}</th>
                  </tr>`
            }
            ${group.rows.map((row) => tableRow(row, columns))}
          </tbody>`,
      )}
    </table>
  </div>`;
}

function tableRow<Row>(row: Row, columns: readonly TableColumn<Row>[]): TemplateResult {
  return html`<tr role="row">
    ${columns.map((column, index) =>
      index === 0
        ? html`<th role="rowheader" scope="row" class=${classes(column)}>${column.cell(row)}</th>`
        : html`<td role="cell" class=${classes(column)} data-label=${column.label}>
            <span>${column.cell(row)}</span>
          </td>`,
    )}
  </tr>`;
}

function classes(column: { readonly align?: 'start' | 'end'; readonly className?: string }): string {
  return [column.align === 'end' ? 'end' : '', column.className ?? ''].join(' ').trim();
}
