/** The task that the cursor is on, and with it the service that stands out. */
export type MapCursor = {readonly serviceId: string; readonly taskId: string};
