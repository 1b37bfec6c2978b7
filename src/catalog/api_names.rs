//! Names of APIs and endpoints that are no names of IAM: `assets/api-names.json`.
//!
//! The name of an API call is not always that of the IAM action that authorises it, and the prefix
//! of an endpoint or client is not the service's prefix in IAM.

use std::sync::LazyLock;

use serde::Deserialize;

use super::assets;

#[derive(Debug, Default, Deserialize)]
struct File {
    names: Vec<Name>,
    prefixes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Name {
    name: String,
    action: String,
}

static FILE: LazyLock<File> = LazyLock::new(|| serde_json::from_str(assets::API_NAMES).unwrap_or_default());

/// The IAM action that is meant by `prefix:Name`, when the prefix is an endpoint's or the name an
/// API's. `None` for what IAM knows itself or nobody knows. Case does not count.
#[must_use]
pub fn meant_by(text: &str) -> Option<String> {
    let (prefix, name) = text.split_once(':')?;
    let endpoint = FILE.prefixes.iter().any(|known| known.eq_ignore_ascii_case(prefix));
    let named = if endpoint { format!("bedrock:{name}") } else { text.to_owned() };
    let api = FILE.names.iter().find(|known| known.name.eq_ignore_ascii_case(&named));
    api.map(|known| known.action.clone()).or(endpoint.then_some(named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::reference::Reference;

    #[test]
    fn names_lead_to_actions_that_exist_and_are_none_themselves() {
        assert!(!FILE.names.is_empty() && !FILE.prefixes.is_empty());
        let reference = Reference::builtin();
        for known in &FILE.names {
            assert!(reference.action(&known.action).is_some(), "{}", known.action);
            assert!(reference.action(&known.name).is_none(), "{}", known.name);
        }
        assert!(FILE.prefixes.iter().all(|prefix| reference.service_name(prefix).is_none()));
        assert_eq!(meant_by("bedrock-runtime:Converse").as_deref(), Some("bedrock:InvokeModel"));
        assert_eq!(meant_by("bedrock-agent:CreateFlow").as_deref(), Some("bedrock:CreateFlow"));
        assert_eq!(meant_by("bedrock:InvokeModel"), None);
    }
}
