import type {Verb} from '../verb.ts';
import {deploy} from './deploy.ts';
import {activate, demote, drain, pause, promote} from './nodes.ts';
import {remove} from './remove.ts';
import {scale} from './scale.ts';
import {restart, rollback} from './services.ts';
import {update} from './update.ts';

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
];
