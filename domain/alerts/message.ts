/** What alerting mails say. */
import type { Health } from "../health.ts";
import type { AlertedResource } from "./alert.ts";

export interface AlertedThing {
  readonly kind: "heartbeat" | "health";
  readonly resource: AlertedResource;
  readonly id: string;
  readonly name: string;
  /** ISO 8601 in UTC: when it turned. */
  readonly at: string;
  /** Facts that help, by name: the cluster of a host, what runs on it. */
  readonly facts: Readonly<Record<string, string>>;
}

export type AlertNews =
  /** `over`: by now it is no longer critical. */
  | ({
      readonly turn: "critical";
      readonly over: { readonly at: string; readonly health: Health } | null;
    } & AlertedThing)
  | ({ readonly turn: "over"; readonly health: Health } & AlertedThing);

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const titles: Readonly<Record<AlertedResource, string>> = {
  host: "Host",
  cluster: "Cluster",
  database: "Database",
  sap_system: "Sap System",
};
const paths: Readonly<Record<AlertedResource, string>> = {
  host: "hosts",
  cluster: "clusters",
  database: "databases",
  sap_system: "sap_systems",
};

/** What is the matter, in Trento's words. */
function headline(news: AlertNews): string {
  const thing = `${titles[news.resource]} ${news.name}`;
  if (news.turn === "over")
    return news.kind === "heartbeat" ? `${thing} reports again.` : `${thing} is ${news.health} again.`;
  return news.kind === "heartbeat" ? `${thing} stopped reporting.` : `${thing} needs attention.`;
}

/** What is likelier to be the cause comes first. */
function rank({ kind, resource }: AlertedThing): number {
  return kind === "heartbeat" ? 0 : 1 + ["cluster", "host", "database", "sap_system"].indexOf(resource);
}

const inUtc = (time: string) => `${time.slice(0, 19).replace("T", " ")} UTC`;

function factsOf(news: AlertNews): [string, string][] {
  const since = news.turn === "over" ? "Since" : news.kind === "heartbeat" ? "Stale since" : "Critical since";
  return [
    [since, inUtc(news.at)],
    ...(news.turn === "critical" && news.over !== null
      ? [["Meanwhile", `${news.over.health} again, since ${inUtc(news.over.at)}`] as [string, string]]
      : []),
    ...Object.entries(news.facts),
    [`${titles[news.resource]} id`, news.id],
  ];
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Headers are lines: what is in a name must not begin another. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function plain(news: AlertNews, link: string | null): string {
  const lines = factsOf(news).map(([name, value]) => `  ${name}: ${value}`);
  return [headline(news), ...lines, ...(link === null ? [] : [`  ${link}`])].join("\n");
}

function rich(news: AlertNews, link: string | null): string {
  const title = escaped(headline(news));
  const rows = factsOf(news)
    .map(
      ([name, value]) =>
        `<tr><td style="color:#555;padding:2px 12px 2px 0">${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
    )
    .join("");
  const shown = link === null ? title : `<a href="${escaped(link)}">${title}</a>`;
  return `<h2 style="font-size:16px;margin:20px 0 6px">${shown}</h2><table style="font-size:14px">${rows}</table>`;
}

/**
 * One mail for all that belongs together.
 * @param baseUrl where the UI is; null where nobody said it: then there are no links
 */
export function mailAbout(news: readonly AlertNews[], baseUrl: string | null): MailText {
  const sorted = news.toSorted((one, other) => rank(one) - rank(other) || one.at.localeCompare(other.at));
  const [first] = sorted;
  if (first === undefined) throw new Error("a mail about nothing");
  const others = sorted.length - 1;
  const linkTo = ({ resource, id }: AlertedThing) =>
    baseUrl === null ? null : `${baseUrl}/${paths[resource]}/${id}`;
  const more = others === 0 ? "" : ` (and ${others} more)`;
  return {
    subject: onOneLine(`Trento Alert: ${headline(first)}${more}`),
    text: `${sorted.map((one) => plain(one, linkTo(one))).join("\n\n")}\n`,
    html: `<div style="font-family:sans-serif;color:#222">${sorted.map((one) => rich(one, linkTo(one))).join("")}</div>`,
  };
}

/** A mail of some sentences. */
export type PlainMail = Pick<MailText, "subject" | "text">;

export function withHtml({ subject, text }: PlainMail): MailText {
  return { subject: onOneLine(subject), text: `${text}\n`, html: `<p>${escaped(text)}</p>` };
}

/** @param days until the key of the agents expires; below 0 it has expired */
export function mailAboutApiKey(days: number): PlainMail {
  if (days < 0)
    return {
      subject: "Trento Alert: Api key expired",
      text: "The API key of the agents has expired: agents can no longer report. Issue a new one in the settings, and give it to them.",
    };
  return {
    subject: `Trento Alert: Api key will expire in ${days} days`,
    text: "Issue a new API key in the settings before that, and give it to the agents: with an expired one they can no longer report.",
  };
}

export function testMail(): PlainMail {
  return { subject: "Trento Alert: Test", text: "This is a test: alerts reach you at this address." };
}
