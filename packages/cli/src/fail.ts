/** Something that keeps a command from running: exit code 2, the message, and nothing written. */
export class CouldNotRun extends Error {}
