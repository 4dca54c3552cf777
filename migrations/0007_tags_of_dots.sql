-- A path that ends in one of these leads to what is above it: such a tag could not be removed, and a client that tried asked for something else.
DELETE FROM `tags` WHERE `value` IN ('.', '..');
