/** Alerts by mail, from the API. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { type MailView, mailViewSchema } from "../../../domain/alerts/mail-view.ts";
import { alertingSettingsSchema } from "../../../domain/alerts/settings.ts";
import { request, requestJson } from "./request.ts";

const settingsPath = "/api/v1/settings/alerting";
const alertingKey = ["alerting"] as const;
const shownSchema = alertingSettingsSchema.extend({ enforced_from_env: z.boolean() });
export type ShownAlertingSettings = z.infer<typeof shownSchema>;
export type AlertingChange = Partial<z.infer<typeof alertingSettingsSchema>> & {
  readonly smtp_password?: string;
};

/** @param isNew the first ones are made whole, later ones changed */
export function useSaveAlertingSettings(isNew: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AlertingChange) =>
      requestJson(settingsPath, shownSchema, { method: isNew ? "POST" : "PATCH", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: alertingKey }),
  });
}

export function useTestMail() {
  return useMutation({ mutationFn: () => request(`${settingsPath}/test`, { method: "POST" }) });
}

const mailsPath = "/api/v1/alerting/mails";
const mailsSchema = z.array(mailViewSchema);
export type AlertingMail = MailView;

/** Milliseconds between two looks: mails have no room of their own. */
const LOOK = 10_000;

/** The settings, null while nobody has set any, and the mails. */
export function useAlerting() {
  return useQuery({
    queryKey: alertingKey,
    queryFn: () =>
      requestJson("/api/v1/alerting", z.object({ settings: shownSchema.nullable(), mails: mailsSchema })),
    refetchInterval: LOOK,
  });
}

export function useRetryMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`${mailsPath}/${id}/retry`, { method: "POST" }),
    onSuccess: () => client.invalidateQueries({ queryKey: alertingKey }),
  });
}

export function useRemoveMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`${mailsPath}/${id}`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: alertingKey }),
  });
}
