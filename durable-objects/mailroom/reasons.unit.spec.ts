/** What is told of a mail that was not sent. */
import { describe, expect, it } from "vitest";
import { failureOf, MailFailure, NO_SERVER, NO_TLS, NOT_SAID, type Stage } from "./reasons.ts";

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const failed = (stage: Stage, cause: unknown) => failureOf(new MailFailure(stage, cause));

describe("before a server has greeted", () => {
  it.each([
    error("connect ECONNREFUSED 127.0.0.1:22", { code: "ECONNREFUSED" }),
    error("Invalid greeting. response=SSH-2.0-OpenSSH_9.6", {
      code: "EPROTOCOL",
      response: "SSH-2.0-OpenSSH_9.6",
    }),
    error("Invalid greeting. response=554 go away", { responseCode: 554, response: "554 go away" }),
    error("the mail server took too long"),
    error("Connection closed unexpectedly", { code: "ECONNECTION" }),
    "a text",
  ])("nothing that was said is told: %s", (cause) => {
    expect(failed("connecting", cause)).toEqual({
      status: "failed",
      permanent: false,
      uncertain: false,
      reason: NO_SERVER,
    });
  });

  it.each([
    error("unable to verify the first certificate", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }),
    error("Hostname/IP does not match certificate's altnames", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }),
  ])("it is told that it could not be encrypted: %s", (cause) => {
    expect(failed("connecting", cause)).toMatchObject({ reason: NO_TLS });
  });
});

describe("once it has greeted", () => {
  it("its words are told, and what it refuses is not tried again", () => {
    const refusal = { code: "EENVELOPE", responseCode: 550, response: "550 no such mailbox" };
    expect(failed("talking", error("Can't send mail", refusal))).toEqual({
      status: "failed",
      permanent: true,
      uncertain: false,
      reason: "Can't send mail: 550 no such mailbox",
    });
    expect(
      failed("talking", error("Invalid login", { responseCode: 535, response: "535 no" })),
    ).toMatchObject({ permanent: false, reason: "Invalid login: 535 no" });
  });

  it.each([
    [549, false],
    [550, true],
    [559, true],
    [560, false],
  ])("an answer of %d is for good: %s", (responseCode, permanent) => {
    expect(failed("talking", error("no", { responseCode }))).toMatchObject({ permanent });
  });

  it("its words are no longer than anybody reads", () => {
    const sent = failed("talking", error("x".repeat(5_000)));
    expect(sent.status === "failed" ? sent.reason.length : 0).toBe(1_000);
  });

  it("a connection that could not be encrypted is called so", () => {
    expect(failed("talking", error("STARTTLS refused", { code: "ETLS" }))).toMatchObject({ reason: NO_TLS });
  });
});

describe("once it has got all of it", () => {
  it("silence leaves open whether it took it", () => {
    for (const cause of [error("the mail server took too long"), error("closed", { code: "ECONNECTION" })])
      expect(failed("sent", cause)).toEqual({
        status: "failed",
        permanent: false,
        uncertain: true,
        reason: NOT_SAID,
      });
  });

  it("an answer does not", () => {
    expect(failed("sent", error("Message failed", { responseCode: 451, response: "451 later" }))).toEqual({
      status: "failed",
      permanent: false,
      uncertain: false,
      reason: "Message failed: 451 later",
    });
    expect(failed("sent", error("Message failed", { responseCode: 554 }))).toMatchObject({ permanent: true });
  });
});

it("what fails without a server is told as it is", () => {
  expect(failureOf(error("no mail server is set"))).toMatchObject({ reason: "no mail server is set" });
  expect(failureOf("no")).toMatchObject({ reason: "no" });
});
