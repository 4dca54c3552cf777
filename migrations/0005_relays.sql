CREATE TABLE `relays` (
	`name` text PRIMARY KEY NOT NULL,
	`first_seen_at` text NOT NULL,
	`connected_at` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `api_key_settings` ADD `correlation_id` text;