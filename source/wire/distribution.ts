/** What a registry says of an image, GET /distribution/{name}/json. */
export type DistributionInspect = {
	Descriptor: {mediaType: string; digest: string; size: number};
	Platforms: {architecture: string; os: string; variant?: string}[] | null;
};
