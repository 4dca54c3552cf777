//! The allocator of the WebAssembly build. Evaluating means making and dropping many small values, so small blocks
//! come from free lists, one a size; large ones from the system's allocator.
//!
//! Blocks of one size are never used for another, so memory is bound by the sum of the peaks of all sizes. The host
//! gives up an instance that has grown too large anyway.

use crate::trap::memory_is_exhausted;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// Sizes are rounded up to a multiple of this; it is also the alignment of every small block.
const GRAIN: usize = 16;
const LARGEST: usize = 512;
/// What is taken from the system at once, to be cut into small blocks.
const CHUNK: usize = 32 * 1024;

struct FreeBlock {
    next: *mut FreeBlock,
}

struct Lists {
    /// By size: block `n` has `(n + 1) * GRAIN` bytes.
    free: [*mut FreeBlock; LARGEST / GRAIN],
    chunk: *mut u8,
    left: usize,
}

pub struct Blocks(UnsafeCell<Lists>);

// SAFETY: WebAssembly without atomics has one thread.
unsafe impl Sync for Blocks {}

impl Blocks {
    const fn new() -> Self {
        Self(UnsafeCell::new(Lists { free: [null_mut(); LARGEST / GRAIN], chunk: null_mut(), left: 0 }))
    }
}

fn is_small(size: usize, align: usize) -> bool {
    size <= LARGEST && align <= GRAIN
}

const fn class_of(size: usize) -> usize {
    size.saturating_sub(1) / GRAIN
}

impl Lists {
    fn take(&mut self, class: usize) -> *mut u8 {
        let block = self.free[class];
        if block.is_null() {
            return self.cut((class + 1) * GRAIN);
        }
        // SAFETY: a block in the list was given back by `put` and is used by nobody.
        self.free[class] = unsafe { (*block).next };
        block.cast()
    }

    fn put(&mut self, class: usize, block: *mut u8) {
        let block: *mut FreeBlock = block.cast();
        // SAFETY: the block is the list's now; it is large enough and aligned for a pointer.
        unsafe { (*block).next = self.free[class] };
        self.free[class] = block;
    }

    /// A block from the chunk. What is left of a chunk when a new one begins goes into the list of its size.
    fn cut(&mut self, size: usize) -> *mut u8 {
        if self.left < size {
            let layout = Layout::from_size_align(CHUNK, GRAIN).expect("a layout");
            // SAFETY: the layout has a size.
            let chunk = unsafe { System.alloc(layout) };
            if chunk.is_null() {
                return chunk;
            }
            if self.left > 0 {
                self.put(class_of(self.left), self.chunk);
            }
            self.chunk = chunk;
            self.left = CHUNK;
        }
        let block = self.chunk;
        self.left -= size;
        // SAFETY: `left` was at least `size`.
        self.chunk = unsafe { block.add(size) };
        block
    }
}

fn told(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null() {
        memory_is_exhausted();
    }
    pointer
}

// SAFETY: a block is small or not by its layout, so it goes back to where it came from.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_small(layout.size(), layout.align()) {
            return told(unsafe { &mut *self.0.get() }.take(class_of(layout.size())));
        }
        told(unsafe { System.alloc(layout) })
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if is_small(layout.size(), layout.align()) {
            return unsafe { &mut *self.0.get() }.put(class_of(layout.size()), pointer);
        }
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let (before, after) = (is_small(layout.size(), layout.align()), is_small(size, layout.align()));
        if !before && !after {
            return told(unsafe { System.realloc(pointer, layout, size) });
        }
        if before && after && class_of(layout.size()) == class_of(size) {
            return pointer;
        }
        let moved = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !moved.is_null() {
            unsafe {
                std::ptr::copy_nonoverlapping(pointer, moved, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
        }
        moved
    }
}

#[cfg_attr(target_family = "wasm", global_allocator)]
#[cfg_attr(not(target_family = "wasm"), expect(dead_code))]
static ALLOCATOR: Blocks = Blocks::new();
