import type {Verb} from '../verb.ts';
import {deploy} from './deploy.ts';
import {fit} from './fit.ts';
import {activate, demote, drain, pause, promote} from './nodes.ts';
import {remove} from './remove.ts';
import {scale} from './scale.ts';
import {restart, rollback} from './services.ts';
import {update} from './update.ts';
import {nodeAdd, nodeDown} from './what-if.ts';

/** Every verb, in the order in which help names them. */
export const verbs: readonly Verb[] = [
	deploy,
	scale,
	update,
	restart,
	rollback,
	drain,
	pause,
	activate,
	promote,
	demote,
	remove,
	nodeDown,
	nodeAdd,
	fit,
];

/** Those that do something: each is a command of its own. */
export const commandVerbs: readonly Verb[] = verbs.filter(({isOnlyPlanned}) => !isOnlyPlanned);
