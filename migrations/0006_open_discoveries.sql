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
