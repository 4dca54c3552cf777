//! One engine, the scripts compiled for it, and the two buffers shared with the host.

use crate::decode;
use crate::encode::Writer;
use crate::engine::sandboxed;
use crate::limits::Limits;
use crate::meter::{Meter, name_the_limit};
use rhai::packages::StandardPackage;
use rhai::{AST, Dynamic, Engine, EvalAltResult, Position, Scope};

/// Larger requests and answers than this leave no buffer behind.
const KEPT_BYTES: usize = 64 * 1024;

struct Script {
    tree: AST,
    /// Whether native functions can call back into it, so that Rhai's own limit of operations is not enough (see `meter`).
    called_back: bool,
}

pub struct Machine {
    engine: Engine,
    /// The same under a meter, which makes each operation about a tenth dearer.
    metered: Engine,
    meter: Meter,
    operations: u64,
    scripts: Vec<Option<Script>>,
    free: Vec<usize>,
    pub input: Vec<u8>,
    pub output: Vec<u8>,
    #[cfg(feature = "bench")]
    held: Scope<'static>,
}

impl Machine {
    pub fn new(limits: &Limits) -> Self {
        let library = StandardPackage::new();
        let mut metered = sandboxed(&library, limits);
        let meter = Meter::default();
        meter.watch(&mut metered);
        Self {
            engine: sandboxed(&library, limits),
            metered,
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
        limits.apply(&mut self.metered);
        self.operations = limits.operations;
    }

    /// The script's handle, or the error in `output`.
    pub fn compile(&mut self) -> Option<usize> {
        let source = std::str::from_utf8(&self.input).expect("text in UTF-8");
        match self.engine.compile(source) {
            Ok(tree) => {
                // Without one of these there is no code of the script's own to call back; library functions called by
                // their names (`map("abs")`) are at most as dear as their data is large.
                let called_back = ["|", "Fn", "fn"].iter().any(|sign| source.contains(sign));
                Some(self.keep(Script { tree, called_back }))
            }
            Err(error) => {
                self.writer().parse_error(&error);
                None
            }
        }
    }

    fn keep(&mut self, script: Script) -> usize {
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
        if script.called_back || budget.is_finite() {
            self.meter.set(self.operations, budget);
            self.metered.eval_ast_with_scope(scope, &script.tree)
        } else {
            self.engine.eval_ast_with_scope(scope, &script.tree)
        }
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
