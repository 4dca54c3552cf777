//! What the host can still learn from an instance whose code has trapped.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

static OUT_OF_MEMORY: AtomicBool = AtomicBool::new(false);

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Called by the allocator just before the program ends for want of memory.
pub fn memory_is_exhausted() {
    OUT_OF_MEMORY.store(true, Ordering::Relaxed);
}

pub fn was_out_of_memory() -> bool {
    OUT_OF_MEMORY.load(Ordering::Relaxed)
}

/// Keeps the text of a panic, since a trap has none.
pub fn keep_panics() {
    std::panic::set_hook(Box::new(|info| PANIC.set(info.payload_as_str().unwrap_or("panic").into())));
}

/// Where the text of the panic is, and its length; the length is 0 when there was none.
pub fn panic_text() -> (*const u8, usize) {
    PANIC.with_borrow(|text| (text.as_ptr(), text.len()))
}
