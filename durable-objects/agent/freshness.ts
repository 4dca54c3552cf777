/** How long what was accepted is taken to hold: after that it is dispatched in full once more, in case that something was lost. */

/** Milliseconds, of a discovery that its agent sends again. */
export const DISPATCHED_ANEW_AFTER = 5 * 60_000;
/** Milliseconds, of one of which a relay says that it is repeated: each costs six written rows a host. */
export const CONFIRMED_ANEW_AFTER = 6 * 60 * 60_000;
