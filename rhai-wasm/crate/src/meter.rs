//! Counts operations, and stops the script that has used up its share of them or of time.
//!
//! Rhai's own limit does not see what happens in closures that are called by native functions (`map`, `filter`, …):
//! each such call counts for itself, from where the script stood. Hence a count of our own, of every operation.

use crate::clock::milliseconds;
use rhai::{Dynamic, Engine, EvalAltResult};
use std::cell::Cell;
use std::rc::Rc;

/// The clock is read once in so many operations: it costs a call out of the sandbox.
const OPERATIONS_PER_LOOK: u64 = 256;

#[derive(Default)]
struct Share {
    /// Operations until the next look at what is left. At 0, everything is used up.
    slice: Cell<u64>,
    /// Operations after this slice.
    rest: Cell<u64>,
    deadline: Cell<f64>,
}

#[derive(Clone, Default)]
pub struct Meter(Rc<Share>);

impl Meter {
    /// From now on, scripts of this engine are stopped by this meter.
    pub fn watch(&self, engine: &mut Engine) {
        let share = self.0.clone();
        engine.on_progress(move |_| {
            let slice = share.slice.get();
            if slice > 1 {
                share.slice.set(slice - 1);
                return None;
            }
            share.look()
        });
    }

    /// The share of the script that runs next. An infinite budget is never used up.
    pub fn set(&self, operations: u64, budget: f64) {
        let deadline = if budget.is_finite() { milliseconds() + budget } else { f64::INFINITY };
        self.0.deadline.set(deadline);
        self.0.rest.set(operations.saturating_add(1));
        self.0.next_slice();
    }
}

impl Share {
    fn next_slice(&self) {
        let most = if self.deadline.get().is_finite() { OPERATIONS_PER_LOOK } else { u64::MAX };
        let slice = self.rest.get().min(most);
        self.rest.set(self.rest.get() - slice);
        self.slice.set(slice);
    }

    /// At the end of a slice. Once something is used up this stays so: some native functions swallow errors.
    #[cold]
    fn look(&self) -> Option<Dynamic> {
        if self.slice.get() == 0 || self.rest.get() == 0 {
            self.slice.set(0);
            return Some(Dynamic::TRUE);
        }
        if milliseconds() > self.deadline.get() {
            self.rest.set(0);
            return Some(Dynamic::FALSE);
        }
        self.next_slice();
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
