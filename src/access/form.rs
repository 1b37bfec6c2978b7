//! Whether a resource pattern can name an ARN of a form with `${…}` variables, as the reference has
//! them. What two plain patterns have in common is said in the module above.

use std::borrow::Cow;

use super::{literal_run, overlap};
use crate::policy::arn::Arn;

/// True when a resource pattern can name an ARN of a form with `${…}` variables. Ids do not run over
/// `/` and `:`, other variables do.
#[must_use]
pub fn fits_form(pattern: &str, form: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let opened = open_variables(pattern);
    let (Some(pattern), Some(form)) = (Arn::parse(&opened), Arn::parse(form)) else { return false };
    arn_fits_form(&pattern, &form)
}

/// [`fits_form`] for a pattern and a form that are taken apart already: for asking about many pairs.
/// The pattern has its variables opened.
#[must_use]
pub fn arn_fits_form(pattern: &Arn<'_>, form: &Arn<'_>) -> bool {
    pattern.fields().iter().zip(form.fields()).rev().all(|(field, form)| field_fits(field, form))
}

fn field_fits(field: &str, form: &str) -> bool {
    let head = form.bytes().position(|byte| byte == b'$').unwrap_or(form.len());
    let (plain, variables) = form.split_at_checked(head).unwrap_or((form, ""));
    let Some(same) = literal_run(plain.bytes().zip(field.bytes())) else { return false };
    let separators = |ids: bool| -> &[char] { if ids { &['/', ':'] } else { &[] } };
    let last = variables.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    match (field.get(head..), last) {
        (Some(""), None) if same == head && variables.is_empty() => true,
        // One variable is all that is left of the form: it takes whatever it may run over.
        (Some(rest), Some(name)) if same == head && !name.contains('}') => {
            !is_id(name) || rest.chars().all(|c| c == '*' || !separators(true).contains(&c))
        }
        _ => {
            let (shape, ids) = shape(form);
            overlap(&shape, field, separators(ids))
        }
    }
}

/// The pattern with a star for each policy variable, whose value is known only when a call is judged.
#[must_use]
pub fn open_variables(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains('$') {
        return Cow::Borrowed(pattern);
    }
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push('*');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// True for a form's variable that is a plain id.
fn is_id(variable: &str) -> bool {
    variable == "BucketName"
        || (variable.ends_with("Id") && variable != "ResourceId")
        || variable.ends_with("Version")
}

/// A form's field with stars for its variables, and whether all of them are plain ids.
fn shape(field: &str) -> (String, bool) {
    let mut out = String::new();
    let mut ids = field.contains("${");
    let mut rest = field;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push('*');
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        ids &= is_id(name);
        rest = after;
    }
    out.push_str(rest);
    (out, ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_tell_a_bucket_from_an_object_and_a_flow_from_its_alias() {
        let object = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
        let bucket = "arn:${Partition}:s3:::${BucketName}";
        assert!(fits_form("arn:aws:s3:::b/*", object) && !fits_form("arn:aws:s3:::b", object));
        assert!(fits_form("arn:aws:s3:::b", bucket) && !fits_form("arn:aws:s3:::b/k", bucket));
        let flow = "arn:${Partition}:bedrock:${Region}:${Account}:flow/${FlowId}";
        assert!(
            fits_form("arn:aws:bedrock:r:1:flow/*", flow) && fits_form("arn:aws:bedrock:r:1:flow/F", flow)
        );
        assert!(
            !fits_form("arn:aws:bedrock:r:1:flow/F/alias/A", flow)
                && !fits_form("arn:aws:bedrock:r:1:flows/F", flow)
        );
        let model = "arn:${Partition}:bedrock:${Region}::foundation-model/${ResourceId}";
        assert!(fits_form("arn:aws:bedrock:::foundation-model/a.b:0", model));
        assert!(!fits_form("arn:aws:bedrock:r:1:foundation-model/a.b:0", model));
        let alias = "arn:${Partition}:bedrock:${Region}:${Account}:agent-alias/${AgentId}/${AgentAliasId}";
        assert!(fits_form(
            "arn:aws:bedrock:*:*:agent-alias/${aws:PrincipalTag/Agent}/${aws:PrincipalTag/Alias}",
            alias
        ));
        assert!(!fits_form("arn:aws:bedrock:*:*:agent/${aws:PrincipalTag/Agent}", alias));
    }
}
