CREATE TABLE `untold` (
	`stream` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`stream`, `version`)
);
