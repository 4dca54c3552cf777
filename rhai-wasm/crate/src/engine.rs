//! The engine as every script meets it: the whole standard library, less what reaches out of the sandbox.

use crate::limits::Limits;
use rhai::packages::{Package, StandardPackage};
use rhai::{Dynamic, Engine, EvalAltResult, FLOAT, INT, Position};

/// As in `Engine::new`.
const STRINGS_INTERNED: usize = 256;

/// An engine with Rhai's standard library, deterministic and without a way out:
/// - `eval` is no keyword any more, `import` and `export` never were (feature `no_module`);
/// - a property that a map lacks is an error, not `()`;
/// - `print` and `debug` go nowhere; there is no clock (feature `no_time`) and nobody sleeps.
#[must_use]
pub fn sandboxed(library: &StandardPackage, limits: &Limits) -> Engine {
    let mut engine = Engine::new_raw();
    library.register_into_engine(&mut engine);
    engine
        .set_max_strings_interned(STRINGS_INTERNED)
        .set_fail_on_invalid_map_property(true)
        .disable_symbol("eval")
        .on_print(|_| {})
        .on_debug(|_, _, _| {});
    limits.apply(&mut engine);
    // Found before the standard library's own, which would block the thread, or trap where there is none.
    engine.register_fn("sleep", |_: INT| missing("sleep (i64)"));
    engine.register_fn("sleep", |_: FLOAT| missing("sleep (f64)"));
    engine
}

fn missing(signature: &str) -> Result<Dynamic, Box<EvalAltResult>> {
    Err(EvalAltResult::ErrorFunctionNotFound(signature.into(), Position::NONE).into())
}
