CREATE TABLE `agents` (
	`id` text PRIMARY KEY NOT NULL,
	`hostname` text,
	`host_discovery` text,
	`cloud_discovery` text,
	`subscription_discovery` text,
	`ha_cluster_discovery` text,
	`saptune_discovery` text,
	`sap_system_discovery` text,
	`version` integer DEFAULT 0 NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
-- What was there before was the time that a cluster told, by its own clock: whatever is told next is newer.
UPDATE `clusters_enrichment_data` SET `written_at` = 0;
