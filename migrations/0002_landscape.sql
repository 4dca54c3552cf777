CREATE TABLE `application_instances` (
	`sap_system_id` text NOT NULL,
	`instance_number` text NOT NULL,
	`host_id` text NOT NULL,
	`sid` text NOT NULL,
	`instance_hostname` text,
	`features` text NOT NULL,
	`http_port` integer NOT NULL,
	`https_port` integer NOT NULL,
	`start_priority` text,
	`status` text NOT NULL,
	`absent_at` text,
	`stale_at` text,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`sap_system_id`, `instance_number`, `host_id`)
);
--> statement-breakpoint
CREATE INDEX `application_instances_host` ON `application_instances` (`host_id`);--> statement-breakpoint
CREATE TABLE `cluster_hosts` (
	`cluster_id` text NOT NULL,
	`host_id` text NOT NULL,
	`status` text NOT NULL,
	`inserted_at` text NOT NULL,
	PRIMARY KEY(`cluster_id`, `host_id`)
);
--> statement-breakpoint
CREATE INDEX `cluster_hosts_host` ON `cluster_hosts` (`host_id`);--> statement-breakpoint
CREATE TABLE `clusters` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`type` text DEFAULT 'unknown' NOT NULL,
	`provider` text DEFAULT 'unknown' NOT NULL,
	`state` text DEFAULT 'unknown' NOT NULL,
	`health` text DEFAULT 'unknown' NOT NULL,
	`selected_checks` text DEFAULT '[]' NOT NULL,
	`resources_number` integer,
	`hosts_number` integer,
	`details` text,
	`sap_instances` text DEFAULT '[]' NOT NULL,
	`stale_at` text,
	`deregistered_at` text,
	`version` integer DEFAULT 0 NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `clusters_enrichment_data` (
	`cluster_id` text PRIMARY KEY NOT NULL,
	`cib_last_written` text NOT NULL,
	`written_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `database_instances` (
	`database_id` text NOT NULL,
	`instance_number` text NOT NULL,
	`host_id` text NOT NULL,
	`sid` text NOT NULL,
	`instance_hostname` text,
	`features` text NOT NULL,
	`http_port` integer NOT NULL,
	`https_port` integer NOT NULL,
	`start_priority` text,
	`status` text NOT NULL,
	`absent_at` text,
	`stale_at` text,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`system_replication` text,
	`system_replication_status` text,
	`system_replication_site` text,
	`system_replication_site_id` integer,
	`system_replication_mode` text,
	`system_replication_operation_mode` text,
	`system_replication_source_site` text,
	`system_replication_tier` integer,
	PRIMARY KEY(`database_id`, `instance_number`, `host_id`)
);
--> statement-breakpoint
CREATE INDEX `database_instances_host` ON `database_instances` (`host_id`);--> statement-breakpoint
CREATE TABLE `databases` (
	`id` text PRIMARY KEY NOT NULL,
	`sid` text,
	`health` text DEFAULT 'unknown' NOT NULL,
	`tenants` text DEFAULT '[]' NOT NULL,
	`stale_at` text,
	`deregistered_at` text,
	`version` integer DEFAULT 0 NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sap_system_links` (
	`sap_system_id` text PRIMARY KEY NOT NULL,
	`database_id` text NOT NULL,
	`tenant` text NOT NULL,
	`db_host` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sap_system_links_database` ON `sap_system_links` (`database_id`);--> statement-breakpoint
CREATE TABLE `sap_systems` (
	`id` text PRIMARY KEY NOT NULL,
	`sid` text,
	`tenant` text,
	`db_host` text,
	`health` text DEFAULT 'unknown' NOT NULL,
	`ensa_version` text DEFAULT 'no_ensa' NOT NULL,
	`database_id` text,
	`database_health` text DEFAULT 'unknown' NOT NULL,
	`database_stale_at` text,
	`stale_at` text,
	`deregistered_at` text,
	`version` integer DEFAULT 0 NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sap_systems_database` ON `sap_systems` (`database_id`);--> statement-breakpoint
DROP INDEX `tags_resource_type`;--> statement-breakpoint
CREATE INDEX `tags_of_resource` ON `tags` (`resource_type`,`resource_id`);--> statement-breakpoint
ALTER TABLE `hosts` DROP COLUMN `cluster_id`;--> statement-breakpoint
ALTER TABLE `hosts` DROP COLUMN `cluster_host_status`;