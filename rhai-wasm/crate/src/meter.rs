//! Counts operations, what they do to long values included, and stops the script that has used up its share of them or of time.
//!
//! Rhai's own limit does not see what happens in closures that are called by native functions (`map`, `filter`, …):
//! each such call counts for itself, from where the script stood. And it takes comparing two lists for one operation, however
//! long they are. Hence a count of our own, of every operation and of every turn of every loop in the engine.

use crate::clock::milliseconds;
use rhai::{Dynamic, Engine, EvalAltResult};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

/// Turns of loops that are one operation.
const PER_OPERATION: i32 = 32;
/// What one operation may take beyond the share: it is not asked before its end. When this is used up too, the module traps.
const BEYOND: i32 = 4_000_000;
/// The clock is read once in so many operations: it costs a call out of the sandbox.
const OPERATIONS_PER_LOOK: i32 = 256;

/// Turns that are left. The module as it is shipped takes one at each turn of each loop, and traps at -1 (`bin/weigh.rs`).
#[unsafe(no_mangle)]
pub static WORK: AtomicI32 = AtomicI32::new(i32::MAX);

/// For what is no script's doing: reading a scope, whose size is bounded.
pub fn do_not_count() {
    WORK.store(i32::MAX, Relaxed);
}

/// For one step that cannot be interrupted, as compiling.
pub fn count_down_from(turns: i32) {
    WORK.store(turns, Relaxed);
}

/// Whether the module trapped since nothing was left.
pub fn is_used_up() -> bool {
    WORK.load(Relaxed) < 0
}

#[derive(Default)]
struct Share {
    /// Of `WORK`, when the script began.
    whole: Cell<i32>,
    /// At this or below, it is time to look.
    next_look: Cell<i32>,
    deadline: Cell<f64>,
    is_late: Cell<bool>,
}

#[derive(Clone, Default)]
pub struct Meter(Rc<Share>);

impl Meter {
    /// From now on, scripts of this engine are stopped by this meter.
    pub fn watch(&self, engine: &mut Engine) {
        let share = self.0.clone();
        engine.on_progress(move |_| {
            let left = WORK.load(Relaxed) - PER_OPERATION;
            WORK.store(left, Relaxed);
            if left > share.next_look.get() { None } else { share.look(left) }
        });
    }

    /// The share of the script that runs next. An infinite budget is never used up.
    pub fn set(&self, operations: u64, budget: f64) {
        let most = (i32::MAX - BEYOND) / PER_OPERATION;
        let operations = i32::try_from(operations).map_or(most, |wanted| wanted.min(most));
        let deadline = if budget.is_finite() { milliseconds() + budget } else { f64::INFINITY };
        self.0.deadline.set(deadline);
        self.0.is_late.set(false);
        self.0.whole.set(operations * PER_OPERATION + BEYOND);
        WORK.store(self.0.whole.get(), Relaxed);
        self.0.plan_next(self.0.whole.get());
    }

    /// Operations that the last script has taken, or what it did that is worth as many.
    pub fn used(&self) -> i32 {
        self.0.whole.get().saturating_sub(WORK.load(Relaxed)) / PER_OPERATION
    }
}

impl Share {
    fn plan_next(&self, left: i32) {
        let soon = if self.deadline.get().is_finite() { left - OPERATIONS_PER_LOOK * PER_OPERATION } else { 0 };
        // Just below what the last operation may leave.
        self.next_look.set(soon.max(BEYOND - 1));
    }

    /// Once something is used up this stays so: some native functions swallow errors.
    #[cold]
    fn look(&self, left: i32) -> Option<Dynamic> {
        if left < BEYOND {
            return Some(Dynamic::TRUE);
        }
        if self.is_late.get() || milliseconds() > self.deadline.get() {
            self.is_late.set(true);
            self.next_look.set(i32::MAX);
            return Some(Dynamic::FALSE);
        }
        self.plan_next(left);
        None
    }
}

/// A script that this meter stopped for its operations has the error that Rhai's own limit gives.
pub fn name_the_limit(error: &mut EvalAltResult) {
    use EvalAltResult as E;
    match error {
        E::ErrorInFunctionCall(_, _, cause, _) => name_the_limit(cause),
        E::ErrorTerminated(used_up, position) if used_up.as_bool() == Ok(true) => {
            *error = E::ErrorTooManyOperations(*position);
        }
        _ => {}
    }
}
