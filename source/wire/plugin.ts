/** A plugin that was installed on one engine, as GET /plugins lists it; what is built into the engine is none. */
export type Plugin = {
	Id?: string;
	/** With its tag: `vieux/sshfs:latest`. */
	Name: string;
	Enabled: boolean;
	/** Where it was pulled from, with the registry. */
	PluginReference?: string;
	Config: {
		Description: string;
		/** What it can be used as: `docker.volumedriver/1.0`. */
		Interface: {Types: string[] | null};
	};
};
