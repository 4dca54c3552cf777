//! What the engine gives natively, as data for the WebAssembly build to be held against:
//! `conformance CASES EXPECTED` reads every `*.rhai` in the folder CASES and writes a `*.jsonl` of the same name to the
//! folder EXPECTED, one line a case.
//!
//! Cases have `//---` lines between them. The first line of a case may be `//! ` and a scope in JSON; there, and in
//! what is written, `{"$int": "1"}`, `{"$float": "1.0"}`, `{"$char": "x"}` and `{"$type": "range"}` are such values.

mod json;

use json::{from_json, to_json};
use rhai::packages::StandardPackage;
use rhai::{Dynamic, Engine, EvalAltResult, Scope};
use rhai_wasm::{Limits, innermost, kind_of, position_of, sandboxed};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

fn scope_of(first_line: Option<&str>) -> Scope<'static> {
    let mut scope = Scope::new();
    if let Some(text) = first_line {
        let variables: Map<String, Value> = serde_json::from_str(text).expect("a scope in JSON");
        for (name, value) in variables {
            scope.push_dynamic(name, from_json(&value));
        }
    }
    scope
}

fn error(error: &EvalAltResult) -> Value {
    let position = position_of(error);
    json!({ "error": {
        "kind": kind_of(innermost(error)),
        "message": error.to_string(),
        "line": position.line(),
        "column": position.position(),
    }})
}

/// The script is compiled together with its scope, as a host does that keeps no compiled scripts: whether that makes a
/// difference is part of the question.
fn outcome(engine: &Engine, case: &str) -> Value {
    let (head, script) = match case.strip_prefix("//! ").and_then(|rest| rest.split_once('\n')) {
        Some((head, script)) => (Some(head), script),
        None => (None, case),
    };
    match engine.eval_with_scope::<Dynamic>(&mut scope_of(head), script) {
        Ok(value) => json!({ "value": to_json(engine, &value) }),
        Err(cause) => error(&cause),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (cases, expected) = (Path::new(&arguments[1]), Path::new(&arguments[2]));
    let numbers = [250_000.0, 64.0, 64.0, 32.0, 1_048_576.0, 20_000.0, 20_000.0, 256.0, 1024.0];
    let engine = sandboxed(&StandardPackage::new(), &Limits::from_numbers(numbers));
    for entry in fs::read_dir(cases).expect("the cases") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        let lines: Vec<String> = text
            .trim_end()
            .split("\n//---\n")
            .map(|case| outcome(&engine, case).to_string() + "\n")
            .collect();
        let name = path.file_stem().expect("a name").to_string_lossy() + ".jsonl";
        fs::write(expected.join(name.as_ref()), lines.concat()).expect("the expected outcomes");
    }
}
