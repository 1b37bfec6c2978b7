//! Whether a resource pattern can name an ARN of a form with `${…}` variables, as the reference has
//! them. What two plain patterns have in common is said in the module above.

use std::borrow::Cow;

use super::{literal_run, overlap};
use crate::catalog::reference::{ArnForm, FormField, Tail};
use crate::policy::arn::Arn;

/// True when a resource pattern can name an ARN of a form. Ids do not run over `/` and `:`, other
/// variables do.
#[must_use]
pub fn fits_form(pattern: &str, form: &ArnForm) -> bool {
    pattern == "*" || Arn::parse(&open_variables(pattern)).is_some_and(|arn| arn_fits_form(&arn, form))
}

/// [`fits_form`] for a pattern that is taken apart already, its variables opened: for asking about many
/// pairs.
#[must_use]
pub fn arn_fits_form(pattern: &Arn<'_>, form: &ArnForm) -> bool {
    pattern.fields().iter().zip(&form.fields).rev().all(|(field, form)| field_fits(field, form))
}

fn field_fits(field: &str, form: &FormField) -> bool {
    let plain = form.shape.get(..form.head).unwrap_or_default();
    let Some(same) = literal_run(plain.bytes().zip(field.bytes())) else { return false };
    let excluded: &[char] = if form.ids { &['/', ':'] } else { &[] };
    match (field.get(form.head..), form.tail) {
        (Some(""), Tail::Nothing) if same == form.head => true,
        // One variable is all that is left of the form: it takes whatever it may run over.
        (Some(rest), Tail::Variable) if same == form.head => {
            !form.ids || rest.chars().all(|c| c == '*' || !excluded.contains(&c))
        }
        _ => overlap(&form.shape, field, excluded),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fits_form(pattern: &str, form: &str) -> bool {
        super::fits_form(pattern, &ArnForm::parse(form).unwrap())
    }

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
