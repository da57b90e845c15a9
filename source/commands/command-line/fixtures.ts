/** The names of the fixtures that come with swarmtop and that help and completions name. */
export const builtInFixtures = ['demo', 'large', 'empty'] as const;
