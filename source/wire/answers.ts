/** What the engine answers to calls that change something. */
export type CreatedId = {ID: string; Warnings?: string[] | null};
export type UpdateAnswer = {Warnings: string[] | null};
export type NetworkCreated = {Id: string; Warning: string};
