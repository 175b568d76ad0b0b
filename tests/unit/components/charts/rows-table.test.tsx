import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { RowsTable } from '@/components/charts/rows-table';

it('is a real table with every line named once over its columns, and a moment on every row', () => {
  const html = renderToStaticMarkup(
    <RowsTable
      label="Lift over time, as a table"
      moment="Moment (UTC)"
      series={[
        { id: '1', name: 'Redesign 1', place: 1 },
        { id: '2', name: 'نموذج', place: 2 },
      ]}
      parts={['lift', 'interval']}
      tails={['People']}
      rows={[{ key: 'a', cells: ['Day 3', '+1.0%', '−1.0% to +3.0%', '', '', '1,204'] }]}
    />,
  );
  expect(html.match(/scope="colgroup"/g)).toHaveLength(2);
  expect(html).toContain('>نموذج</bdi>');
  expect(html).toContain('<th scope="row">Day 3</th>');
  expect(html).toContain('<td></td>');
  expect(html).toContain('tabindex="0"');
});
