//! What the host may call. One thread, one machine an instance; `start` comes first.
//!
//! A call takes its request from the input buffer (`input` makes room in it) and leaves its answer in the output
//! buffer (`output`, `output_length`). When a call traps, only `trap_*` may still be called: the machine may have
//! been left in the middle of something.

use crate::limits::Limits;
use crate::machine::Machine;
use crate::meter;
use crate::trap;
use std::cell::RefCell;

thread_local! {
    static MACHINE: RefCell<Option<Machine>> = const { RefCell::new(None) };
}

fn with_machine<T>(work: impl FnOnce(&mut Machine) -> T) -> T {
    MACHINE.with_borrow_mut(|machine| work(machine.as_mut().expect("`start` comes first")))
}

macro_rules! limits {
    ($($name:ident),*) => { Limits::from_numbers([$($name),*]) };
}

/// Makes the machine, or gives the one that is there new limits.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments)]
pub extern "C" fn start(
    operations: f64,
    calls: f64,
    depth: f64,
    depth_in_functions: f64,
    string: f64,
    array: f64,
    map: f64,
    functions: f64,
    variables: f64,
) {
    let limits =
        limits!(operations, calls, depth, depth_in_functions, string, array, map, functions, variables);
    MACHINE.with_borrow_mut(|machine| match machine {
        Some(machine) => machine.limit(&limits),
        None => {
            trap::keep_panics();
            *machine = Some(Machine::new(&limits));
        }
    });
}

/// Makes room for a request of so many bytes, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    with_machine(|machine| {
        machine.input.clear();
        machine.input.resize(length, 0);
        machine.input.as_mut_ptr()
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    with_machine(|machine| machine.output.as_ptr())
}

#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    with_machine(|machine| machine.output.len())
}

/// Compiles the source in the input buffer: its handle, or -1 and the error in the output buffer.
#[unsafe(no_mangle)]
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
pub extern "C" fn compile() -> i32 {
    with_machine(|machine| machine.compile().map_or(-1, |handle| handle as i32))
}

/// Evaluates a script with the scope in the input buffer. 1: the value is in the output buffer; 0: the error is.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate(handle: usize, budget: f64) -> i32 {
    with_machine(|machine| i32::from(machine.evaluate(handle, budget)))
}

/// Operations that the last evaluation has taken, or what it did that is worth as many.
#[unsafe(no_mangle)]
pub extern "C" fn used() -> i32 {
    with_machine(|machine| machine.used())
}

#[cfg(feature = "bench")]
#[unsafe(no_mangle)]
pub extern "C" fn repeat(handle: usize, times: u32) {
    with_machine(|machine| machine.repeat(handle, times));
}

#[cfg(feature = "bench")]
#[unsafe(no_mangle)]
pub extern "C" fn hold() {
    with_machine(Machine::hold);
}

#[unsafe(no_mangle)]
pub extern "C" fn forget(handle: usize) {
    with_machine(|machine| machine.forget(handle));
}

#[unsafe(no_mangle)]
pub extern "C" fn trap_out_of_memory() -> i32 {
    i32::from(trap::was_out_of_memory())
}

#[unsafe(no_mangle)]
pub extern "C" fn trap_used_up() -> i32 {
    i32::from(meter::is_used_up())
}

#[unsafe(no_mangle)]
pub extern "C" fn trap_text() -> *const u8 {
    trap::panic_text().0
}

#[unsafe(no_mangle)]
pub extern "C" fn trap_text_length() -> usize {
    trap::panic_text().1
}
