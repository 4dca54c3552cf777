/** Addresses of mail. */
import { z } from "zod";

/** What is missing is said to be missing, by whoever reads the body. */
export const unlessMissing = {
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? undefined : "is invalid"),
};

/** As one types it. Control characters would be read as lines of a header, or of the conversation with the server. */
export const mailAddressSchema = z
  .string(unlessMissing)
  .max(320, "should be at most 320 characters")
  .regex(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it keeps them out
    /^[^\s@<>",;:\u0000-\u001f\u007f-\u009f]+@[^\s@<>",;:/?#%\\\u0000-\u001f\u007f-\u009f]+$/,
    "is not an email address",
  );

/** The domain of a mail address as it is known everywhere: letters beyond ASCII are spelt with them (`xn--`). */
function asciiDomain(domain: string): string {
  return URL.parse(`http://${domain}`)?.hostname || domain;
}

/**
 * As it is told to a mail server: most know domains in ASCII alone. What stands before the @ has no such spelling, and is left to
 * servers that take it.
 */
export function envelopeAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  return /^[\u0020-\u007e]*$/.test(domain) ? address : `${address.slice(0, at)}@${asciiDomain(domain)}`;
}
