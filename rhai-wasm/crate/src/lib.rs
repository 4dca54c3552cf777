//! The Rhai scripting language behind a small C ABI.
//!
//! The host writes requests into a buffer of linear memory and reads answers from another one; both are encoded as
//! `decode` and `encode` say. Nothing is imported but a clock (see `clock`).

mod abi;
mod allocator;
mod clock;
mod decode;
mod encode;
mod engine;
mod failure;
mod limits;
mod machine;
mod meter;
mod trap;

pub use decode::scope as decode_scope;
pub use engine::sandboxed;
pub use failure::{innermost, kind_of, position_of};
pub use limits::Limits;
