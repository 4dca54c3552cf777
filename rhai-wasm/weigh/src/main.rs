//! Makes long loops inside the engine count: `weigh MODULE WEIGHED` writes the module anew, so that every turn of every loop
//! takes one from the cell `WORK` (`meter.rs`), and traps when nothing is left.
//!
//! An operation of a script may walk through a whole text or list, or several times. The engine cannot be asked how far, but
//! whatever takes long in it is a loop, or a block of memory that is copied.

use std::convert::Infallible;
use std::fs;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{BlockType, CodeSection, Function, Instruction as I, MemArg, Module, ValType};
use wasmparser::{ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef};

/// Bytes of a block of memory that cost as much as one turn of a loop, as a power of two.
const BYTES_PER_TURN: i32 = 6;

#[derive(Default)]
struct Weigher {
    /// Where the cell is in linear memory.
    cell: u64,
    /// Of each function that the module defines.
    parameters: Vec<u32>,
    next: usize,
}

impl Weigher {
    fn of(module: &[u8]) -> Self {
        let (mut types, mut globals, mut cell) = (Vec::new(), Vec::new(), None);
        let mut parameters = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload.expect("a module") {
                Payload::TypeSection(section) => {
                    for one in section.into_iter_err_on_gc_types() {
                        types.push(u32::try_from(one.expect("a type").params().len()).expect("a few"));
                    }
                }
                Payload::ImportSection(section) => {
                    let imports = section.into_iter().map(|one| one.expect("an import"));
                    assert!(imports.into_iter().all(|one| matches!(one.ty, TypeRef::Func(_))), "no global is imported");
                }
                Payload::FunctionSection(section) => {
                    parameters = section.into_iter().map(|one| types[one.expect("a function") as usize]).collect();
                }
                Payload::GlobalSection(section) => {
                    for one in section {
                        let first = one.expect("a global").init_expr.get_operators_reader().read();
                        globals.push(match first.expect("a value") {
                            Operator::I32Const { value } => u64::from(value.cast_unsigned()),
                            _ => 0,
                        });
                    }
                }
                Payload::ExportSection(section) => {
                    for one in section {
                        let export = one.expect("an export");
                        if export.name == "WORK" && export.kind == ExternalKind::Global {
                            cell = Some(globals[export.index as usize]);
                        }
                    }
                }
                _ => {}
            }
        }
        Self { cell: cell.expect("the module exports WORK"), parameters, next: 0 }
    }

    fn place(&self) -> MemArg {
        MemArg { offset: self.cell, align: 2, memory_index: 0 }
    }

    /// Takes what is on the stack from the cell; what is left stays in the local.
    fn take(&self, function: &mut Function, amount: &[I], local: u32) {
        function.instruction(&I::I32Const(0)).instruction(&I::I32Const(0));
        function.instruction(&I::I32Load(self.place()));
        for one in amount {
            function.instruction(one);
        }
        function.instruction(&I::I32Sub).instruction(&I::LocalTee(local));
        function.instruction(&I::I32Store(self.place()));
    }
}

fn is_long(operator: &Operator) -> bool {
    matches!(operator, Operator::Loop { .. } | Operator::MemoryCopy { .. } | Operator::MemoryFill { .. })
}

impl Reencode for Weigher {
    type Error = Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let operators = body.get_operators_reader()?.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut locals = Vec::new();
        let mut spare = self.parameters[self.next];
        self.next += 1;
        for one in body.get_locals_reader()? {
            let (count, kind) = one?;
            spare += count;
            locals.push((count, self.val_type(kind)?));
        }
        if operators.iter().any(is_long) {
            locals.push((1, ValType::I32));
        }
        let mut function = Function::new(locals);
        for operator in operators {
            let (is_loop, is_block) = (matches!(operator, Operator::Loop { .. }), is_long(&operator));
            if is_block && !is_loop {
                // The number of bytes is on top of the stack, and stays there.
                function.instruction(&I::LocalTee(spare));
                let turns = [I::LocalGet(spare), I::I32Const(BYTES_PER_TURN), I::I32ShrU];
                self.take(&mut function, &turns, spare);
            }
            function.instruction(&self.instruction(operator)?);
            if is_loop {
                self.take(&mut function, &[I::I32Const(1)], spare);
                function.instruction(&I::LocalGet(spare)).instruction(&I::I32Const(0));
                function.instruction(&I::I32LtS).instruction(&I::If(BlockType::Empty));
                function.instruction(&I::Unreachable).instruction(&I::End);
            }
        }
        code.function(&function);
        Ok(())
    }
}

fn main() {
    let [_, from, to] = std::env::args().collect::<Vec<_>>().try_into().expect("weigh MODULE WEIGHED");
    let module = fs::read(from).expect("a module");
    let mut weighed = Module::new();
    Weigher::of(&module).parse_core_module(&mut weighed, Parser::new(0), &module).expect("a module");
    fs::write(to, weighed.finish()).expect("it can be written");
}
