/** Descriptions and remediations, which are Markdown. Nothing in them is HTML, whatever a catalogue says. */
import { Anchor, Code, Text, Typography } from "@mantine/core";
import { lazy, Suspense } from "react";

const Rendered = lazy(async () => {
  const { default: ReactMarkdown } = await import("react-markdown");
  return {
    default: ({ text }: { readonly text: string }) => (
      <ReactMarkdown
        components={{
          h1: ({ children }) => <Text fw={600}>{children}</Text>,
          h2: ({ children }) => <Text fw={600}>{children}</Text>,
          a: ({ href, children }) => (
            <Anchor href={href} target="_blank" rel="noreferrer">
              {children}
            </Anchor>
          ),
          pre: ({ children }) => <Code block>{children}</Code>,
        }}
      >
        {text}
      </ReactMarkdown>
    ),
  };
});

export function Markdown({ text }: { readonly text: string }) {
  return (
    <Typography fz="sm" className="markdown">
      <Suspense fallback={<Text style={{ whiteSpace: "pre-wrap" }}>{text}</Text>}>
        <Rendered text={text} />
      </Suspense>
    </Typography>
  );
}

/** A name may hold code in backticks, and nothing else. */
export function InlineCode({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move
      <Code key={index}>{part}</Code>
    ) : (
      part
    ),
  );
}
