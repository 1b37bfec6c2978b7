//! Names of things from saved output of the AWS CLI's list commands, for completion.
//!
//! Here belongs the table of the places where those commands put names. A name is only proposed, never
//! taken: its field's kind judges it like any other value.

use crate::policy::parse::parse;
use crate::policy::tree::Node;

/// A name that a field can propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The kind of parameter that it is a value of.
    pub kind: &'static str,
    /// The value.
    pub value: String,
    /// What the person calls it.
    pub note: String,
}

/// The list's member, the member of each item with the value, the one with a name for people, and the
/// kinds of parameter it serves. The names are those of the API's responses, as `aws … --output json`
/// prints them: compared with the service models of botocore 1.43.11 (`ListFlows`, `ListFlowAliases`,
/// `ListKnowledgeBases`, `ListAgents`, `ListPrompts`; `ListGuardrails`, `ListFoundationModels`,
/// `ListInferenceProfiles`; `ListFunctions`, `ListBuckets`, `ListKeys`, `ListRoles`, `ListUsers`,
/// `ListGroups`, `DescribeLogGroups`).
const LISTS: &[(&str, &str, &str, &[&str])] = &[
    ("flowSummaries", "id", "name", &["flow"]),
    ("flowAliasSummaries", "id", "name", &["flow-alias"]),
    ("knowledgeBaseSummaries", "knowledgeBaseId", "name", &["knowledge-base"]),
    ("agentSummaries", "agentId", "agentName", &["agent"]),
    ("promptSummaries", "arn", "name", &["prompt"]),
    ("guardrails", "id", "name", &["guardrail"]),
    ("modelSummaries", "modelId", "modelName", &["model", "foundation-model"]),
    (
        "inferenceProfileSummaries",
        "inferenceProfileArn",
        "inferenceProfileName",
        &["model", "inference-profile"],
    ),
    ("Functions", "FunctionArn", "FunctionName", &["lambda-function"]),
    ("Buckets", "Name", "CreationDate", &["bucket"]),
    ("Keys", "KeyArn", "KeyId", &["kms-key"]),
    ("Roles", "Arn", "RoleName", &["principal", "role"]),
    ("Users", "Arn", "UserName", &["principal"]),
    ("Groups", "Arn", "GroupName", &["principal"]),
    ("logGroups", "logGroupName", "logGroupClass", &["log-group"]),
];

/// The names in what a list command printed; an error in words when there are none.
pub fn names(text: &str) -> Result<Vec<Name>, String> {
    let parsed = parse(text);
    if let Some(fault) = parsed.faults.first() {
        return Err(format!("it is no JSON: {}", fault.kind.words()));
    }
    let root = parsed.root.ok_or_else(|| "it is empty".to_owned())?;
    let text_of = |item: &Node, member: &str| item.get(member).and_then(Node::as_str).map(str::to_owned);
    let mut out = Vec::new();
    for (list, value, note, kinds) in LISTS {
        for item in root.get(list).map(Node::items).unwrap_or_default() {
            let Some(value) = text_of(item, value) else { continue };
            let note = text_of(item, note).unwrap_or_default();
            let name = |kind: &&'static str| Name { kind, value: value.clone(), note: note.clone() };
            out.extend(kinds.iter().map(name));
        }
    }
    if out.is_empty() {
        let known: Vec<&str> = LISTS.iter().map(|(list, ..)| *list).collect();
        return Err(format!("it has none of the lists {}", known.join(", ")));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_names_kinds_that_exist() {
        for (list, _, _, kinds) in LISTS {
            assert!(kinds.iter().all(|kind| crate::catalog::kinds::kind(kind).is_some()), "{list}");
        }
    }

    #[test]
    fn names_are_found_and_anything_else_is_told() {
        let text = r#"{"knowledgeBaseSummaries": [{"knowledgeBaseId": "KB12345678", "name": "manuals"}]}"#;
        let name = Name { kind: "knowledge-base", value: "KB12345678".into(), note: "manuals".into() };
        assert_eq!(names(text), Ok(vec![name]));
        assert!(names("[]").unwrap_err().contains("knowledgeBaseSummaries"));
        assert!(names("{").unwrap_err().contains("no JSON"));
    }
}
