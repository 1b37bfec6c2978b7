//! A capability's file: read and checked.

use bedrock_policy::catalog::capability::Capability;
use bedrock_policy::catalog::{Catalog, check};
use serde_json::Value;

/// Members without which a file is no capability.
const NEEDED: [&str; 5] = ["id", "title", "help", "teach", "sources"];

/// Takes any bytes; panics when something that must hold does not. True when they are a capability.
///
/// Capabilities are read from texts that live for ever: what cannot be one is sorted out first, so that
/// millions of texts fit into the memory.
pub(crate) fn run(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(Value::Object(members)) = serde_json::from_str(text) else { return false };
    if NEEDED.iter().any(|name| !members.contains_key(*name)) {
        return false;
    }
    let text: &'static str = text.to_owned().leak();
    let Ok(capability) = serde_json::from_str::<Capability>(text) else { return false };
    let faults = check::capability(Catalog::builtin(), &capability);
    assert!(faults.iter().all(|fault| !fault.is_empty()), "a fault without words");
    true
}
