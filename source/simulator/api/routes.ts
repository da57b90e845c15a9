import {containerRoutes} from './handlers/containers.ts';
import {eventRoutes} from './handlers/events.ts';
import {execRoutes} from './handlers/exec.ts';
import {imageRoutes} from './handlers/images.ts';
import {logRoutes} from './handlers/logs.ts';
import {networkRoutes} from './handlers/networks.ts';
import {nodeRoutes} from './handlers/nodes.ts';
import {runRoutes} from './handlers/run.ts';
import {storeRoutes} from './handlers/secrets.ts';
import {serviceRoutes} from './handlers/services.ts';
import {swarmRoutes} from './handlers/swarm.ts';
import {systemRoutes} from './handlers/system.ts';
import {taskRoutes} from './handlers/tasks.ts';
import {volumeRoutes} from './handlers/volumes.ts';
import type {Route} from './router.ts';

/** Everything that a simulated engine answers; each also under `/vX.Y`. */
export const routes: readonly Route[] = [
	...systemRoutes,
	...eventRoutes,
	...swarmRoutes,
	...nodeRoutes,
	...serviceRoutes,
	...taskRoutes,
	...logRoutes,
	...networkRoutes,
	...storeRoutes('secret'),
	...storeRoutes('config'),
	...containerRoutes,
	...runRoutes,
	...execRoutes,
	...imageRoutes,
	...volumeRoutes,
];
