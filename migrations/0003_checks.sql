CREATE TABLE `catalogue_checks` (
	`catalogue` text NOT NULL,
	`check_id` text NOT NULL,
	`definition` text NOT NULL,
	PRIMARY KEY(`catalogue`, `check_id`)
);
--> statement-breakpoint
CREATE TABLE `catalogues` (
	`name` text PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`position` integer NOT NULL,
	`imported_at` text NOT NULL,
	`defects` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `check_customizations` (
	`group_id` text NOT NULL,
	`check_id` text NOT NULL,
	`custom_values` text NOT NULL,
	`inserted_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`group_id`, `check_id`)
);
--> statement-breakpoint
CREATE TABLE `executions` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`target_type` text NOT NULL,
	`status` text NOT NULL,
	`result` text,
	`targets` text NOT NULL,
	`answered` text NOT NULL,
	`timeout` text NOT NULL,
	`critical_count` integer,
	`warning_count` integer,
	`passing_count` integer,
	`started_at` text NOT NULL,
	`completed_at` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `executions_of_group` ON `executions` (`group_id`,`started_at`);