import type {StoredMeta} from '../../../swarmkit/state/objects.ts';
import type {Meta} from '../../../wire/common.ts';
import {rfc3339} from '../go/time.ts';

/** What every object of the swarm begins with. */
export const metaOf = ({version, createdAt, updatedAt}: StoredMeta): Meta => ({
	Version: {Index: version},
	CreatedAt: rfc3339(createdAt),
	UpdatedAt: rfc3339(updatedAt),
});
