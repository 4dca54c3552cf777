/** When tokens are renewed, and what is taken for tokens. */
import { describe, expect, it } from "vitest";
import { needsRenewal, parseTokens } from "./tokens.ts";

const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 180_000 };

describe("an access token", () => {
  it("is renewed ahead of its end", () => {
    expect(needsRenewal(tokens, 149_999)).toBe(false);
    expect(needsRenewal(tokens, 150_000)).toBe(true);
    expect(needsRenewal(tokens, 200_000)).toBe(true);
  });
});

describe("what the browser kept", () => {
  it("is taken when it is whole, and else is no session", () => {
    expect(parseTokens(JSON.stringify(tokens))).toEqual(tokens);
    for (const text of [null, "", "{", "null", '{"accessToken":"a"}']) expect(parseTokens(text)).toBeNull();
  });
});
