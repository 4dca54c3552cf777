CREATE TABLE `activity_log_settings` (
	`only` integer PRIMARY KEY NOT NULL,
	`value` integer NOT NULL,
	`unit` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `activity_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`severity` integer NOT NULL,
	`metadata` text NOT NULL,
	`occurred_on` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `activity_logs_in_time` ON `activity_logs` (`occurred_on`,`id`);--> statement-breakpoint
CREATE TABLE `alerting_settings` (
	`only` integer PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`smtp_password` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`description` text NOT NULL,
	`event_types` text NOT NULL,
	`enabled` integer NOT NULL,
	`disabled_reason` text,
	`signature` text NOT NULL,
	`secret` text NOT NULL,
	`old_secret` text,
	`old_secret_until` text,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
