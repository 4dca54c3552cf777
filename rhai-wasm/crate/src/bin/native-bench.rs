//! How long the same engine takes natively: `native-bench CASES SCOPE MILLISECONDS`, where CASES are scripts with
//! `//---` between them and SCOPE is a scope as the host encodes it. Prints, for each case, the nanoseconds of one
//! evaluation alone, and of one with a scope made for it.

use rhai::packages::StandardPackage;
use rhai::{AST, Dynamic, Engine};
use rhai_wasm::{Limits, decode_scope, sandboxed};
use std::hint::black_box;
use std::time::{Duration, Instant};

const BATCH: u32 = 16;

fn evaluate(engine: &Engine, script: &AST, scope: &mut rhai::Scope) {
    let _ = black_box(engine.eval_ast_with_scope::<Dynamic>(scope, script));
}

/// The median of many batches: most of them are not interrupted, however busy the machine is.
fn nanoseconds(slice: Duration, mut work: impl FnMut()) -> u128 {
    let begin = Instant::now();
    let mut batches = Vec::new();
    while begin.elapsed() < slice {
        let start = Instant::now();
        for _ in 0..BATCH {
            work();
        }
        batches.push(start.elapsed().as_nanos() / u128::from(BATCH));
    }
    batches.sort_unstable();
    batches[batches.len() / 2]
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let cases = std::fs::read_to_string(&arguments[1]).expect("the cases");
    let bytes = std::fs::read(&arguments[2]).expect("the scope");
    let slice = Duration::from_millis(arguments[3].parse().expect("milliseconds"));
    let numbers = [250_000.0, 64.0, 64.0, 32.0, 1_048_576.0, 20_000.0, 20_000.0, 256.0, 1024.0];
    let engine = sandboxed(&StandardPackage::new(), &Limits::from_numbers(numbers));
    for case in cases.split("\n//---\n") {
        let script = engine.compile(case).expect("a script");
        let mut scope = decode_scope(&bytes);
        let variables = scope.len();
        let alone = nanoseconds(slice, || {
            evaluate(&engine, &script, &mut scope);
            scope.rewind(variables);
        });
        let whole = nanoseconds(slice, || evaluate(&engine, &script, &mut decode_scope(&bytes)));
        println!("{alone} {whole}");
    }
}
