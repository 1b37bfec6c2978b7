//! ARN forms with `${…}` variables, taken apart once. Whether a pattern can name an ARN of a form is
//! said by `access`.

use crate::policy::arn::Arn;

/// An ARN form of the reference, field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnForm {
    /// The fields in order, without the leading `arn`.
    pub fields: [FormField; 5],
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The field with a star for each variable.
    pub shape: String,
    /// The bytes before the first variable.
    pub head: usize,
    /// What stands from there on.
    pub tail: Tail,
    /// True when there are variables and all of them are plain ids: those do not run over `/` and `:`.
    pub ids: bool,
}

/// What stands in a field behind its literal beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Nothing,
    /// One variable.
    Variable,
    /// A variable, and more.
    More,
}

impl ArnForm {
    /// Takes a form apart; nothing when it is no ARN.
    #[must_use]
    pub fn parse(form: &str) -> Option<Self> {
        Some(Self { fields: Arn::parse(form)?.fields().map(FormField::parse) })
    }
}

impl FormField {
    fn parse(field: &str) -> Self {
        let (mut shape, mut rest) = (String::with_capacity(field.len()), field);
        let mut names = Vec::new();
        while let Some((before, after)) = rest.split_once("${") {
            shape.push_str(before);
            shape.push('*');
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            names.push(name);
            rest = after;
        }
        shape.push_str(rest);
        let head = field.find("${").unwrap_or(field.len());
        let tail = match names.len() {
            0 => Tail::Nothing,
            1 if rest.is_empty() => Tail::Variable,
            _ => Tail::More,
        };
        let ids = !names.is_empty() && names.into_iter().all(is_id);
        Self { shape, head, tail, ids }
    }
}

/// True for a form's variable that is a plain id.
fn is_id(variable: &str) -> bool {
    variable == "BucketName"
        || (variable.ends_with("Id") && variable != "ResourceId")
        || variable.ends_with("Version")
}
