//! Values on their way in. Lengths are u32, all numbers little-endian.
//!
//! ```text
//! scope  := count (name value)*
//! value  := 0 | 1 false | 2 true | 3 i32 | 4 f64 (an integer) | 5 i64 | 6 f64 | 7 u32 (char)
//!         | 8 text | 9 count value* | 10 count (text value)*
//! name, text := length UTF-8
//! ```

use rhai::{Array, Dynamic, Map, Scope};

/// Reads what the host wrote. The host is trusted to write it well, within its own limit of nesting: anything else
/// is a mistake in the loader, so it ends as a panic.
struct Reader<'a> {
    rest: &'a [u8],
}

/// The variables of one evaluation, all of them mutable.
///
/// # Panics
/// When the bytes are not a scope.
#[must_use]
pub fn scope(bytes: &[u8]) -> Scope<'static> {
    let mut reader = Reader { rest: bytes };
    let count = reader.count();
    let mut scope = Scope::with_capacity(count);
    for _ in 0..count {
        let name = reader.text();
        let value = reader.value();
        scope.push_dynamic(name, value);
    }
    scope
}

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) = self.rest.split_first_chunk::<N>().expect("the end of the input");
        self.rest = rest;
        *taken
    }

    fn count(&mut self) -> usize {
        u32::from_le_bytes(self.take()) as usize
    }

    fn text(&mut self) -> &'a str {
        let length = self.count();
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).expect("text in UTF-8")
    }

    #[allow(clippy::cast_possible_truncation)]
    fn value(&mut self) -> Dynamic {
        match self.take::<1>()[0] {
            0 => Dynamic::UNIT,
            1 => Dynamic::FALSE,
            2 => Dynamic::TRUE,
            3 => Dynamic::from_int(i64::from(i32::from_le_bytes(self.take()))),
            4 => Dynamic::from_int(f64::from_le_bytes(self.take()) as i64),
            5 => Dynamic::from_int(i64::from_le_bytes(self.take())),
            6 => Dynamic::from_float(f64::from_le_bytes(self.take())),
            7 => Dynamic::from_char(char::from_u32(u32::from_le_bytes(self.take())).expect("a character")),
            8 => self.text().into(),
            9 => self.array(),
            10 => self.map(),
            tag => panic!("no value begins with {tag}"),
        }
    }

    fn array(&mut self) -> Dynamic {
        let count = self.count();
        let mut array = Array::with_capacity(count);
        for _ in 0..count {
            array.push(self.value());
        }
        // Not `into`, which makes another array of the items.
        Dynamic::from_array(array)
    }

    fn map(&mut self) -> Dynamic {
        let count = self.count();
        let mut map = Map::new();
        for _ in 0..count {
            let key = self.text();
            let value = self.value();
            map.insert(key.into(), value);
        }
        Dynamic::from_map(map)
    }
}
