//! One engine, the scripts compiled for it, and the two buffers shared with the host.

use crate::decode;
use crate::encode::Writer;
use crate::engine::sandboxed;
use crate::limits::Limits;
use crate::meter::{Meter, count_down_from, do_not_count, name_the_limit};
use rhai::packages::StandardPackage;
use rhai::{AST, Dynamic, Engine, EvalAltResult, Position, Scope};

/// Larger requests and answers than this leave no buffer behind.
const KEPT_BYTES: usize = 64 * 1024;
/// Turns of loops that compiling one source may take (see `meter`).
const COMPILING: i32 = 100_000_000;

pub struct Machine {
    engine: Engine,
    meter: Meter,
    operations: u64,
    scripts: Vec<Option<AST>>,
    free: Vec<usize>,
    pub input: Vec<u8>,
    pub output: Vec<u8>,
    #[cfg(feature = "bench")]
    held: Scope<'static>,
}

impl Machine {
    pub fn new(limits: &Limits) -> Self {
        let library = StandardPackage::new();
        let mut engine = sandboxed(&library, limits);
        let meter = Meter::default();
        meter.watch(&mut engine);
        Self {
            engine,
            meter,
            operations: limits.operations,
            scripts: Vec::new(),
            free: Vec::new(),
            input: Vec::new(),
            output: Vec::new(),
            #[cfg(feature = "bench")]
            held: Scope::new(),
        }
    }

    pub fn limit(&mut self, limits: &Limits) {
        limits.apply(&mut self.engine);
        self.operations = limits.operations;
    }

    /// The script's handle, or the error in `output`.
    pub fn compile(&mut self) -> Option<usize> {
        let source = std::str::from_utf8(&self.input).expect("text in UTF-8");
        count_down_from(COMPILING);
        match self.engine.compile(source) {
            Ok(tree) => Some(self.keep(tree)),
            Err(error) => {
                self.writer().parse_error(&error);
                None
            }
        }
    }

    fn keep(&mut self, script: AST) -> usize {
        if let Some(handle) = self.free.pop() {
            self.scripts[handle] = Some(script);
            return handle;
        }
        self.scripts.push(Some(script));
        self.scripts.len() - 1
    }

    pub fn forget(&mut self, handle: usize) {
        if self.scripts[handle].take().is_some() {
            self.free.push(handle);
        }
    }

    /// Leaves the value in `output` and answers true, or else the error and answers false.
    pub fn evaluate(&mut self, handle: usize, budget: f64) -> bool {
        do_not_count();
        let mut scope = decode::scope(&self.input);
        self.input.clear();
        self.input.shrink_to(KEPT_BYTES);
        let result = self.run(handle, &mut scope, budget);
        let mut writer = self.writer();
        match result {
            Ok(value) if writer.value(&value, 0).is_ok() => true,
            Ok(_) => {
                writer.out.clear();
                writer
                    .error(&EvalAltResult::ErrorDataTooLarge("Nesting of the result".into(), Position::NONE));
                false
            }
            Err(mut error) => {
                name_the_limit(&mut error);
                writer.error(&error);
                false
            }
        }
    }

    fn run(&self, handle: usize, scope: &mut Scope, budget: f64) -> Result<Dynamic, Box<EvalAltResult>> {
        let script = self.scripts[handle].as_ref().expect("a compiled script");
        self.meter.set(self.operations, budget);
        self.engine.eval_ast_with_scope(scope, script)
    }

    /// Operations that the last evaluation has taken.
    pub fn used(&self) -> i32 {
        self.meter.used()
    }

    /// Evaluates so many times over one scope, and drops the results.
    #[cfg(feature = "bench")]
    pub fn repeat(&mut self, handle: usize, times: u32) {
        let mut scope = std::mem::take(&mut self.held);
        let variables = scope.len();
        for _ in 0..times {
            let _ = std::hint::black_box(self.run(handle, &mut scope, f64::INFINITY));
            scope.rewind(variables);
        }
        self.held = scope;
    }

    /// The scope that `repeat` uses.
    #[cfg(feature = "bench")]
    pub fn hold(&mut self) {
        self.held = decode::scope(&self.input);
    }

    fn writer(&mut self) -> Writer<'_> {
        self.output.clear();
        self.output.shrink_to(KEPT_BYTES);
        Writer { out: &mut self.output, engine: &self.engine }
    }
}
