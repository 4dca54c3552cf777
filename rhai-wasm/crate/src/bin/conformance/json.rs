//! Rhai's values in JSON, no type lost: what JSON has no type for is an object with one `$` property.

use rhai::{Array, Dynamic, Engine, ImmutableString, Map};
use serde_json::{Value, json};

/// Numbers in a scope are integers or floats as they are written.
pub fn from_json(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(truth) => Dynamic::from_bool(*truth),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Dynamic::from_int(integer),
            None => Dynamic::from_float(number.as_f64().expect("a number")),
        },
        Value::String(text) => text.into(),
        Value::Array(items) => items.iter().map(from_json).collect::<Array>().into(),
        Value::Object(entries) => {
            let text = |name: &str| entries.get(name).and_then(Value::as_str);
            if let Some(integer) = text("$int") {
                return Dynamic::from_int(integer.parse().expect("an integer"));
            }
            if let Some(float) = text("$float") {
                return Dynamic::from_float(float.parse().expect("a float"));
            }
            if let Some(character) = text("$char") {
                return Dynamic::from_char(character.parse().expect("a character"));
            }
            let map: Map = entries.iter().map(|(key, item)| (key.as_str().into(), from_json(item))).collect();
            map.into()
        }
    }
}

pub fn to_json(engine: &Engine, value: &Dynamic) -> Value {
    if value.is_unit() {
        return Value::Null;
    }
    if let Ok(truth) = value.as_bool() {
        return json!(truth);
    }
    if let Ok(integer) = value.as_int() {
        return json!({ "$int": integer.to_string() });
    }
    if let Ok(float) = value.as_float() {
        return json!({ "$float": format!("{float:?}") });
    }
    if let Ok(character) = value.as_char() {
        return json!({ "$char": character.to_string() });
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return json!(text.as_str());
    }
    if let Some(array) = value.read_lock::<Array>() {
        return array.iter().map(|item| to_json(engine, item)).collect();
    }
    if let Some(map) = value.read_lock::<Map>() {
        let entries = map.iter().map(|(key, item)| (key.to_string(), to_json(engine, item)));
        return Value::Object(entries.collect());
    }
    json!({ "$type": engine.map_type_name(value.type_name()) })
}
