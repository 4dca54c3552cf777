//! Values and errors on their way out, in the form of `decode`, and one more:
//!
//! ```text
//! value  := ... | 11 text (a value of another type: its name)
//! error  := kind message line column        (kind, message: text; line, column: u32, 0 when unknown)
//! ```

use crate::failure::{innermost, kind_of, position_of};
use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map, ParseError};

/// Deepest nesting that goes out: as deep as what comes in.
pub const MAX_DEPTH: usize = 128;

/// The value nests too deep for the host to be handed.
pub struct TooDeep;

pub struct Writer<'a> {
    pub out: &'a mut Vec<u8>,
    pub engine: &'a Engine,
}

impl Writer<'_> {
    #[allow(clippy::cast_possible_truncation)]
    fn count(&mut self, count: usize) {
        self.out.extend_from_slice(&(count as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    fn tag(&mut self, tag: u8) {
        self.out.push(tag);
    }

    pub fn value(&mut self, value: &Dynamic, depth: usize) -> Result<(), TooDeep> {
        if depth > MAX_DEPTH {
            return Err(TooDeep);
        }
        if let Ok(integer) = value.as_int() {
            self.tag(5);
            self.out.extend_from_slice(&integer.to_le_bytes());
        } else if let Ok(truth) = value.as_bool() {
            self.tag(1 + u8::from(truth));
        } else if value.is_unit() {
            self.tag(0);
        } else if let Ok(float) = value.as_float() {
            self.tag(6);
            self.out.extend_from_slice(&float.to_le_bytes());
        } else if let Ok(character) = value.as_char() {
            self.tag(7);
            self.out.extend_from_slice(&u32::from(character).to_le_bytes());
        } else if let Some(text) = value.read_lock::<ImmutableString>() {
            self.tag(8);
            self.text(&text);
        } else if let Some(array) = value.read_lock::<Array>() {
            self.tag(9);
            self.count(array.len());
            for item in array.iter() {
                self.value(item, depth + 1)?;
            }
        } else if let Some(map) = value.read_lock::<Map>() {
            self.tag(10);
            self.count(map.len());
            for (key, item) in map.iter() {
                self.text(key);
                self.value(item, depth + 1)?;
            }
        } else {
            self.tag(11);
            self.text(self.engine.map_type_name(value.type_name()));
        }
        Ok(())
    }

    pub fn error(&mut self, error: &EvalAltResult) {
        let position = position_of(error);
        self.text(kind_of(innermost(error)));
        self.text(&error.to_string());
        self.count(position.line().unwrap_or(0));
        self.count(position.position().unwrap_or(0));
    }

    pub fn parse_error(&mut self, error: &ParseError) {
        self.error(&EvalAltResult::ErrorParsing((*error.0).clone(), error.1));
    }
}
