//! Reading what AWS's own tools print, so that nobody has to type it again.
//!
//! Here belongs turning an outside text into facts of a blueprint. Input is bounded, repeated keys
//! are refused, and a text that is not what it should be is told with its place.

use crate::blueprint::profile_facts;
use crate::policy::parse::{line_and_column, parse};
use crate::policy::tree::Node;

pub mod names;

/// Reads a `GetInferenceProfile` response. The error says what is wrong and where.
pub fn profile_response(text: &str) -> Result<Node, String> {
    let parsed = parse(text);
    if let Some(fault) = parsed.faults.first() {
        let (line, column) = line_and_column(text, fault.span.start);
        return Err(format!("line {line}, column {column}: {}", fault.kind.words()));
    }
    let Some(root) = parsed.root else { return Err("the file is empty".into()) };
    if profile_facts(&root).is_none() {
        return Err(
            "no GetInferenceProfile response: it needs inferenceProfileArn, inferenceProfileId and models \
                    with the modelArn of a foundation model each"
                .into(),
        );
    }
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_taken_and_anything_else_refused_in_words() {
        let good = r#"{"inferenceProfileArn": "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.a.b",
            "inferenceProfileId": "us.a.b", "models": [{"modelArn": "arn:aws:bedrock:us-west-2::foundation-model/a.b"}]}"#;
        assert!(profile_response(good).is_ok());
        assert!(profile_response("{").unwrap_err().starts_with("line 1, column 2"));
        assert!(profile_response("{}").unwrap_err().contains("inferenceProfileArn"));
        let wrong = good.replace("foundation-model/a.b", "inference-profile/a.b");
        assert!(profile_response(&wrong).is_err());
    }
}
