/** Where mails may go, and when the password must be given again. */
import { describe, expect, it } from "vitest";
import { isHostWithPort, isNetworkHost, withoutBrackets } from "../network-host.ts";
import { envelopeAddress, mailAddressSchema } from "./mail-address.ts";
import { exposesPassword } from "./password-guard.ts";
import { alertingSettingsSchema, smtpPasswordSchema } from "./settings.ts";

describe("a mail server", () => {
  it.each([
    "mail.example.com",
    "mail.example.com.",
    "localhost",
    "mail_1.example.com",
    "xn--mnchen-3ya.example",
    "127.0.0.1",
    "::1",
    "[::1]",
    "2001:db8::25",
    "[2001:db8::25]",
    "::ffff:10.0.0.1",
    `${"a".repeat(63)}.example`,
  ])("is %s", (host) => {
    expect(isNetworkHost(host)).toBe(true);
  });

  it.each([
    "a:b:c",
    "[",
    "]",
    "[]",
    ":::",
    "mail.example.com:587",
    "[::1]:25",
    "[mail.example.com]",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "a..b",
    ".",
    "..",
    "-a.example",
    "a-.example",
    "a b",
    "münchen.example",
    `${"a".repeat(64)}.example`,
    "a\r\nb",
    "a/b",
  ])("is not %j", (host) => {
    expect(isNetworkHost(host)).toBe(false);
  });

  it("is connected to without brackets", () => {
    expect(["[::1]", "::1", "a.example"].map(withoutBrackets)).toEqual(["::1", "::1", "a.example"]);
  });
});

it.each([
  ["10.0.0.1:9100", true],
  ["exporter.example.com:1", true],
  ["[2001:db8::1]:65535", true],
  ["10.0.0.1", false],
  ["10.0.0.1:", false],
  [":9100", false],
  ["10.0.0.1:0", false],
  ["10.0.0.1:65536", false],
  ["10.0.0.1:9100/metrics", false],
  ["10.0.0.1:9100\n", false],
  ["a@b:9100", false],
  ["2001:db8::1:9100", false],
  ["x/../../y", false],
  ["http://10.0.0.1:9100", false],
])("%j is a host with a port: %s", (text, expected) => {
  expect(isHostWithPort(text)).toBe(expected);
});

it("a field of another kind is invalid, and one that is missing is said to be so by who reads the body", () => {
  const messages = (settings: object) =>
    Object.fromEntries(
      (alertingSettingsSchema.safeParse(settings).error?.issues ?? []).map(({ path, message }) => [
        path.join("/"),
        message,
      ]),
    );
  const fields = ["enabled", "sender_email", "recipient_email", "smtp_server", "smtp_port", "smtp_username"];
  const all = (value: unknown) => Object.fromEntries(fields.map((field) => [field, value]));
  expect(messages(all([]))).toEqual(all("is invalid"));
  expect(Object.values(messages({}))).toEqual(fields.map(() => expect.stringMatching(/^Invalid input/)));
  expect(smtpPasswordSchema.safeParse(5).error?.issues[0]?.message).toBe("is invalid");
});

describe("an address", () => {
  it.each(["a@b", "jörg@münchen.example", "a+b@example.com", "a'b@example.com", `${"a".repeat(318)}@b`])(
    "is %s",
    (address) => {
      expect(mailAddressSchema.safeParse(address).success).toBe(true);
    },
  );

  it.each([
    "",
    "a",
    "@b",
    "a@",
    "a@b@c",
    "a b@c",
    "a@b c",
    "a@b, c@d",
    "a@b;c",
    "<a@b>",
    '"a"@b',
    "a:b@c",
    "a@b/c",
    "a\u0000@b",
    "a@b\u0000",
    "a\u001b@b",
    "a\u007f@b",
    "a\u0085@b",
    "a@b\u009f",
    `${"a".repeat(319)}@b`,
  ])("is not %j", (address) => {
    expect(mailAddressSchema.safeParse(address).success).toBe(false);
  });

  it.each([
    ["admin@example.com", "admin@example.com"],
    ["Admin@EXAMPLE.com", "Admin@EXAMPLE.com"],
    ["admin@münchen.example", "admin@xn--mnchen-3ya.example"],
    ["jörg@例え.jp", "jörg@xn--r8jz45g.jp"],
    ["jörg@example.com", "jörg@example.com"],
  ])("%s is told to servers as %s", (address, told) => {
    expect(envelopeAddress(address)).toBe(told);
  });
});

it.each<[object, string]>([
  [{ smtp_server: `${"a.".repeat(126)}aa` }, "should be at most 253 characters"],
  [{ smtp_server: "a b" }, "is not the name of a server"],
  [{ smtp_port: 0 }, "must be at least 1"],
  [{ smtp_port: 65_536 }, "must be at most 65535"],
  [{ smtp_username: "a".repeat(513) }, "should be at most 512 characters"],
  [{ sender_email: "a".repeat(321) }, "should be at most 320 characters"],
  [{ recipient_email: "a" }, "is not an email address"],
  [{ quiet_hours: { from: "1", to: "02:00", time_zone: "UTC" } }, "must be a time of day like 22:00"],
  [{ quiet_hours: { from: "02:00", to: "02:00", time_zone: "UTC" } }, "must differ from the begin"],
  [{ quiet_hours: { from: "01:00", to: "02:00", time_zone: "X" } }, "must be a time zone like Europe/Berlin"],
])("%j is refused in words: %s", (change, words) => {
  const result = alertingSettingsSchema.partial().safeParse(change);
  expect(result.error?.issues[0]?.message).toBe(words);
});

it.each(["auto", "implicit", "starttls", "none"])("the security may be %s", (smtp_security) => {
  expect(alertingSettingsSchema.partial().parse({ smtp_security })).toMatchObject({ smtp_security });
});

describe("the password", () => {
  const before = { smtp_server: "mail.example.com", smtp_port: 587, smtp_security: "auto" } as const;
  it.each([
    [{}, false],
    [{ smtp_server: "MAIL.example.com" }, false],
    [{ smtp_security: "starttls" }, false],
    [{ smtp_security: "implicit" }, false],
    [{ smtp_server: "mail.example.org" }, true],
    [{ smtp_server: "" }, true],
    [{ smtp_port: 25 }, true],
    [{ smtp_security: "none" }, true],
  ] as const)("is given away by %j: %s", (change, expected) => {
    expect(exposesPassword(before, { ...before, ...change })).toBe(expected);
  });

  it.each([
    ["starttls", "auto", true],
    ["implicit", "starttls", false],
    ["starttls", "implicit", false],
    ["none", "auto", false],
    ["none", "none", false],
  ] as const)("is kept less by going from %s to %s: %s", (from, to, expected) => {
    expect(exposesPassword({ ...before, smtp_security: from }, { ...before, smtp_security: to })).toBe(
      expected,
    );
  });
});
