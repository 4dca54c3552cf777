/** What is no HTTP/1.1 is said to be so, whether Node sees it or not. */
import { expect, it } from "vitest";
import { malformationOf, pathOf } from "./malformed.ts";

const of = (headers: string[], url = "/", httpVersion = "1.1") =>
  malformationOf({ rawHeaders: headers, url, httpVersion });

it.each([
  ["a"],
  ["a:80"],
  ["example.com:"],
  ["127.0.0.1:8787"],
  ["[::1]"],
  ["[2001:db8::7]:443"],
  ["xn--bcher-kva.example"],
  ["my_host"],
])("takes the host %s", (host) => {
  expect(of(["Host", host])).toBeNull();
});

it.each([
  "a:x",
  "<x>",
  "",
  "a b",
  "a,b",
  "a/b",
  "u@a",
  "[::1",
  "::1",
  "[zz]",
  "a:70000",
  "a:8:8",
  "1.2.3.256",
])("does not take the host %j", (host) => {
  expect(of(["Host", host])).toBe("Host must be a name or an address, and a port.");
});

it("takes one host alone, and none of HTTP/1.0", () => {
  expect(of(["Host", "a", "HOST", "a"])).toBe("The request must have one Host.");
  expect(of([])).toBe("The request must have one Host.");
  expect(of([], "/", "1.0")).toBeNull();
});

it.each([
  [["Transfer-Encoding", "gzip, chunked"]],
  [["Transfer-Encoding", "identity"]],
  [["Transfer-Encoding", "chunked", "transfer-encoding", "chunked"]],
])("does not take %j", (headers) => {
  expect(of(["Host", "a", ...headers])).toBe("Transfer-Encoding must be chunked.");
});

it.each([
  ["/", null],
  ["//x", null],
  ["http://a/x", null],
  ["*", "The request must name a path."],
  ["a:443", "The request must name a path."],
  ["ftp://a/x", "The request must name a path."],
])("of the target %s says %s", (target, expected) => {
  expect(of(["Host", "a"], target)).toBe(expected);
});

it.each([
  ["/x?y", "/x?y"],
  ["//x/y", "//x/y"],
  ["http://a/x?y", "/x?y"],
  ["HTTP://a:1/../x", "/x"],
])("the path of %s is %s", (target, expected) => {
  expect(pathOf(target)).toBe(expected);
});
