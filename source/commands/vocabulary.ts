/** What a configuration can name, collected from the tables of the screen. */
import type {Vocabulary} from '../config/vocabulary.ts';
import {keymap} from '../ui/keys/keymap.ts';
import {listingIds} from '../ui/kinds/listings.ts';
import {kindOf} from '../ui/kinds/registry.ts';
import {themes} from '../ui/theme/themes.ts';

export function vocabulary(): Vocabulary {
	return {
		themes: themes.map(({id}) => id),
		views: Object.fromEntries(
			listingIds.map((id) => {
				const {columns, filterable} = kindOf(id);
				return [id, {columns: columns.map((column) => column.id), fields: Object.keys(filterable.fields)}];
			}),
		),
		actions: keymap.map(({id, keys, scope}) => ({id, keys, scope})),
	};
}
