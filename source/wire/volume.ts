import type {Labels} from './common.ts';

/** A volume of one engine, as GET /volumes lists it: the swarm itself knows nothing of them. */
export type Volume = {
	Name: string;
	Driver: string;
	Mountpoint: string;
	CreatedAt?: string;
	Labels: Labels | null;
	Options: Record<string, string> | null;
	Scope: 'local' | 'global';
};

export type VolumeList = {Volumes: Volume[] | null; Warnings?: string[] | null};
