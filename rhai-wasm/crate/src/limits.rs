//! What a script may use up. Zero means zero: no limit can be switched off.

use rhai::Engine;

/// In the order in which the host sends them, each as an f64.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub operations: u64,
    pub call_levels: usize,
    pub expression_depth: usize,
    pub function_expression_depth: usize,
    pub string_size: usize,
    pub array_size: usize,
    pub map_size: usize,
    pub functions: usize,
    pub variables: usize,
}

impl Limits {
    /// How many numbers describe the limits.
    pub const FIELDS: usize = 9;

    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn from_numbers(numbers: [f64; Self::FIELDS]) -> Self {
        // `as` saturates: NaN and negative numbers become 0, and what is too large the largest there is.
        let size = |index: usize| numbers[index] as usize;
        Self {
            operations: numbers[0] as u64,
            call_levels: size(1),
            expression_depth: size(2),
            function_expression_depth: size(3),
            string_size: size(4),
            array_size: size(5),
            map_size: size(6),
            functions: size(7),
            variables: size(8),
        }
    }

    /// Rhai reads 0 as "unlimited" for some of these; here the smallest limit is 1.
    pub fn apply(&self, engine: &mut Engine) {
        engine
            .set_max_operations(self.operations.max(1))
            .set_max_call_levels(self.call_levels)
            .set_max_expr_depths(self.expression_depth.max(1), self.function_expression_depth.max(1))
            .set_max_string_size(self.string_size.max(1))
            .set_max_array_size(self.array_size.max(1))
            .set_max_map_size(self.map_size.max(1))
            .set_max_functions(self.functions)
            .set_max_variables(self.variables);
    }
}
