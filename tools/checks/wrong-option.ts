/** A command line that says not, or not well, what to do. */
export class WrongOption extends Error {}
