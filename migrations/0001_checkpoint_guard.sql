-- A checkpoint moves only from where its writer believed it to be. Two consumers that apply the same events at once
-- therefore cannot both succeed: the batch of the second is rolled back whole.
CREATE TRIGGER checkpoint_starts_at_zero BEFORE INSERT ON checkpoints
WHEN NEW.previous <> 0 AND NOT EXISTS (
  SELECT 1 FROM checkpoints WHERE stream = NEW.stream AND subscriber = NEW.subscriber
)
BEGIN
  SELECT RAISE(ABORT, 'checkpoint moved');
END;
--> statement-breakpoint
CREATE TRIGGER checkpoint_moves_from_previous BEFORE UPDATE ON checkpoints
WHEN NEW.previous <> OLD.version
BEGIN
  SELECT RAISE(ABORT, 'checkpoint moved');
END;
