import {expect, it} from 'vitest';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {overviewKind} from '../../../source/ui/kinds/overview/kind.ts';
import type {CellContext} from '../../../source/ui/table/column.ts';

it('names the key that helps as it is bound', () => {
	const help = overviewKind.columns.find(({id}) => id === 'help');
	const issue = {remedy: 'rollback'} as Parameters<NonNullable<typeof help>['value']>[0];
	const context = {keyOf: (id: string) => toSafeText(`<${id}>`)} as CellContext;
	expect(help?.value(issue, context)).toBe('<overview.rollback> roll back');
});
