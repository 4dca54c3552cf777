//! Errors as the host sees them: the kind and position of the innermost error, and the whole text.

use rhai::{EvalAltResult, Position};

/// The error inside all calls that it came through.
pub fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    let mut inner = error;
    while let EvalAltResult::ErrorInFunctionCall(_, _, cause, _) | EvalAltResult::ErrorInModule(_, cause, _) =
        inner
    {
        inner = cause;
    }
    inner
}

/// Where the innermost error is; where it does not say so, the nearest call that does.
#[must_use]
pub fn position_of(error: &EvalAltResult) -> Position {
    let own = error.position();
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, cause, _) | EvalAltResult::ErrorInModule(_, cause, _) => {
            let inner = position_of(cause);
            if inner.is_none() { own } else { inner }
        }
        _ => own,
    }
}

/// The name under which an error of this kind is known to the host.
#[must_use]
pub fn kind_of(error: &EvalAltResult) -> &'static str {
    use EvalAltResult as E;
    match error {
        E::ErrorParsing(..) => "parsing",
        E::ErrorVariableExists(..) => "variable_exists",
        E::ErrorForbiddenVariable(..) => "forbidden_variable",
        E::ErrorVariableNotFound(..) => "variable_not_found",
        E::ErrorPropertyNotFound(..) => "property_not_found",
        E::ErrorIndexNotFound(..) => "index_not_found",
        E::ErrorFunctionNotFound(..) => "function_not_found",
        E::ErrorModuleNotFound(..) => "module_not_found",
        E::ErrorInFunctionCall(..) => "in_function_call",
        E::ErrorInModule(..) => "in_module",
        E::ErrorUnboundThis(..) => "unbound_this",
        E::ErrorMismatchDataType(..) => "mismatch_data_type",
        E::ErrorMismatchOutputType(..) => "mismatch_output_type",
        E::ErrorIndexingType(..) => "indexing_type",
        E::ErrorArrayBounds(..) => "array_bounds",
        E::ErrorStringBounds(..) => "string_bounds",
        E::ErrorBitFieldBounds(..) => "bit_field_bounds",
        E::ErrorFor(..) => "for",
        E::ErrorDataRace(..) => "data_race",
        E::ErrorNonPureMethodCallOnConstant(..) => "non_pure_method_call_on_constant",
        E::ErrorAssignmentToConstant(..) => "assignment_to_constant",
        E::ErrorDotExpr(..) => "dot_expr",
        E::ErrorArithmetic(..) => "arithmetic",
        E::ErrorTooManyOperations(..) => "too_many_operations",
        E::ErrorTooManyVariables(..) => "too_many_variables",
        E::ErrorTooManyModules(..) => "too_many_modules",
        E::ErrorStackOverflow(..) => "stack_overflow",
        E::ErrorDataTooLarge(..) => "data_too_large",
        E::ErrorTerminated(..) => "terminated",
        E::ErrorCustomSyntax(..) => "custom_syntax",
        E::ErrorRuntime(..) => "runtime",
        // `ErrorSystem`, and what Rhai itself calls no error.
        _ => "system",
    }
}
