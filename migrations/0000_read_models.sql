CREATE TABLE `api_key_settings` (
	`only` integer PRIMARY KEY NOT NULL,
	`jti` text NOT NULL,
	`created_at` text NOT NULL,
	`expire_at` text
);
--> statement-breakpoint
CREATE TABLE `checkpoints` (
	`stream` text NOT NULL,
	`subscriber` text NOT NULL,
	`version` integer NOT NULL,
	`previous` integer NOT NULL,
	PRIMARY KEY(`stream`, `subscriber`)
);
--> statement-breakpoint
CREATE TABLE `hosts` (
	`id` text PRIMARY KEY NOT NULL,
	`hostname` text,
	`ip_addresses` text DEFAULT '[]' NOT NULL,
	`netmasks` text DEFAULT '[]' NOT NULL,
	`agent_version` text,
	`arch` text DEFAULT 'unknown' NOT NULL,
	`fully_qualified_domain_name` text,
	`heartbeat` text DEFAULT 'unknown' NOT NULL,
	`stale_at` text,
	`health` text DEFAULT 'unknown' NOT NULL,
	`selected_checks` text DEFAULT '[]' NOT NULL,
	`provider` text DEFAULT 'unknown' NOT NULL,
	`provider_data` text,
	`saptune_status` text,
	`prometheus_targets` text,
	`prometheus_mode` text DEFAULT 'pull' NOT NULL,
	`last_boot_timestamp` text,
	`systemd_units` text DEFAULT '[]' NOT NULL,
	`cluster_id` text,
	`cluster_host_status` text,
	`deregistered_at` text,
	`version` integer DEFAULT 0 NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sles_subscriptions` (
	`host_id` text NOT NULL,
	`identifier` text NOT NULL,
	`version` text NOT NULL,
	`arch` text NOT NULL,
	`status` text NOT NULL,
	`subscription_status` text,
	`type` text,
	`starts_at` text,
	`expires_at` text,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`host_id`, `identifier`)
);
--> statement-breakpoint
CREATE TABLE `tags` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`value` text NOT NULL,
	`resource_id` text NOT NULL,
	`resource_type` text NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tags_value_resource` ON `tags` (`resource_id`,`value`);--> statement-breakpoint
CREATE INDEX `tags_resource_type` ON `tags` (`resource_type`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`username` text NOT NULL,
	`password_hash` text NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);