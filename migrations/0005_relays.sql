CREATE TABLE `relays` (
	`name` text PRIMARY KEY NOT NULL,
	`first_seen_at` text NOT NULL,
	`connected_at` text NOT NULL
);
