//! The only import: the host's clock, for the budget of time. Scripts cannot read it.

#[cfg(target_family = "wasm")]
mod host {
    #[link(wasm_import_module = "host")]
    unsafe extern "C" {
        /// Milliseconds since some fixed moment.
        safe fn now() -> f64;
    }
    pub fn milliseconds() -> f64 {
        now()
    }
}

#[cfg(not(target_family = "wasm"))]
mod host {
    pub fn milliseconds() -> f64 {
        0.0
    }
}

pub use host::milliseconds;
