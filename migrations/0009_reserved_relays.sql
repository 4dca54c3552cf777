-- No relay may have the name of a path of the API: it could not be removed by its own. Such a relay is refused when it connects.
DELETE FROM `relays` WHERE lower(`name`) IN ('heartbeats', 'discoveries', 'facts', 'executions');
