//! The kinds of value that a parameter can ask for: each checks what was typed and turns it into
//! facets, the texts that templates are filled with.
//!
//! A kind is one file here and one line in [`KINDS`]. It belongs here when it needs code: forms of
//! ids and ARNs, what they turn into. What a call needs in IAM actions is data (`assets/kinds/`).
//! A kind never decides whether a value is missing, and it knows nothing of documents.

use std::fmt::Write as _;

use crate::catalog::capability::Choice;
use crate::catalog::few::Few;
use crate::catalog::reference::Regions;
use crate::policy::arn::Arn;
use crate::policy::tree::Text;

mod account;
mod agent;
mod agent_alias;
mod bucket;
mod choice;
mod flow;
mod flow_alias;
mod flow_name;
mod foundation_model;
mod guardrail;
mod guardrail_profile;
mod inference_profile;
mod kms_key;
mod knowledge_base;
mod lambda_function;
mod lex_bot_alias;
mod located;
mod log_group;
pub mod model;
mod number;
mod partition;
mod prefix;
mod principal;
mod prompt;
mod region;
mod role;
pub mod switch;
mod tag;
mod text;

/// Every kind, in alphabetical order.
pub static KINDS: &[Kind] = &[
    account::KIND,
    agent::KIND,
    agent_alias::KIND,
    bucket::KIND,
    choice::KIND,
    flow::KIND,
    flow_alias::KIND,
    flow_name::KIND,
    foundation_model::KIND,
    guardrail::KIND,
    guardrail_profile::KIND,
    inference_profile::KIND,
    kms_key::KIND,
    knowledge_base::KIND,
    lambda_function::KIND,
    lex_bot_alias::KIND,
    log_group::KIND,
    model::KIND,
    number::KIND,
    partition::KIND,
    prefix::KIND,
    principal::KIND,
    prompt::KIND,
    region::KIND,
    role::KIND,
    switch::KIND,
    tag::KIND,
    text::KIND,
];

/// Every code that kinds raise.
pub static CODES: &[&str] = &[
    "value-form",
    "value-hidden-character",
    "value-character-refused",
    "placeholder-left",
    "arn-of-another-kind",
    "partition-mismatch",
    "region-unknown",
    "flow-arn-plural",
    "bucket-name-reserved",
    "key-alias",
    "session-arn",
    "model-arn-has-account",
    "account-mismatch",
    "principal-of-another-account",
    "alias-of-another-flow",
    "region-mismatch",
    "value-not-listed",
];

/// A kind of value.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in capability files.
    pub name: &'static str,
    /// What it is, with its article: `an account id`.
    pub title: &'static str,
    /// What may be typed, in words.
    pub form: &'static str,
    /// A value of the right form.
    pub example: &'static str,
    /// Its facets and what each turns the value into. `text`, the value as typed, is always there.
    pub facets: &'static [(&'static str, &'static str)],
    /// True when its statements stand in `assets/kinds/model.json`.
    pub grants: bool,
    /// What is wrong with a value; empty when it is fine.
    pub check: fn(&str, &Context<'_>) -> Vec<Problem>,
    /// Fills a facet other than `text`. False when there is no such facet.
    pub fill: fn(&str, Given<'_>, &Context<'_>, &mut Texts) -> bool,
}

/// The texts of a facet: mostly one.
pub type Texts = Few<Text>;

/// A kind by name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// A value as templates meet it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<'a> {
    /// What the person gave, or the default.
    Value(&'a str),
    /// Not given: the parameter to name.
    Hole(&'a str),
    /// Not given yet, and a pattern stands for it.
    Open(&'a str),
}

impl<'a> Given<'a> {
    /// The value, when there is one.
    #[must_use]
    pub fn value(self) -> Option<&'a str> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Appends it to a text, with the reason for its star.
    pub fn push_to(self, out: &mut Text) {
        match self {
            Self::Value(value) => {
                out.push_str(value);
                if crate::text::has_wildcard(value) {
                    out.explain_star("typed".into());
                }
            }
            Self::Hole(parameter) => out.push_hole(parameter),
            Self::Open(pattern) => {
                out.push_str(pattern);
                out.explain_star("until-given".into());
            }
        }
    }

    /// It alone, as a text.
    #[must_use]
    pub fn text(self) -> Text {
        let mut out = Text::default();
        self.push_to(&mut out);
        out
    }
}

/// What a kind may look at beside the value.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The partition: given, or that of the Region.
    pub partition: Given<'a>,
    /// The Region.
    pub region: Given<'a>,
    /// The account.
    pub account: Given<'a>,
    /// The flow that aliases belong to.
    pub flow: Given<'a>,
    /// Values of the parameters that refine this one: the Regions of a profile.
    pub refinements: &'a [std::borrow::Cow<'a, str>],
    /// What is known of inference profiles.
    pub profiles: &'a [Profile],
    /// The values of a choice.
    pub choices: &'a [Choice],
    /// Regions and partitions.
    pub regions: &'a Regions,
}

/// What a `GetInferenceProfile` response says of one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its ARN.
    pub arn: String,
    /// Its id.
    pub id: String,
    /// The foundation-model ARNs it routes to.
    pub models: Vec<String>,
}

/// Something wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The message's code.
    pub code: &'static str,
    /// What the message's words are filled with.
    pub details: Vec<(&'static str, String)>,
}

impl Problem {
    /// A problem with its details.
    #[must_use]
    pub fn new(code: &'static str, details: &[(&'static str, &str)]) -> Self {
        let details = details.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { code, details }
    }
}

/// The problem that a value has not its kind's form.
fn not_the_form(kind: &Kind, value: &str) -> Vec<Problem> {
    let details = [("value", value), ("kind", kind.title), ("form", kind.form), ("example", kind.example)];
    vec![Problem::new("value-form", &details)]
}

/// Problems that any value can have: hidden characters, letters that no policy takes (some look like
/// others), a placeholder left from a sample.
#[must_use]
pub fn common_problems(value: &str) -> Vec<Problem> {
    if crate::text::has_hidden(value) {
        return vec![Problem::new("value-hidden-character", &[("value", value)])];
    }
    if let Some(c) = crate::text::refused(value) {
        let character = format!("U+{:04X}", u32::from(c));
        return vec![Problem::new("value-character-refused", &[("value", value), ("character", &character)])];
    }
    if let Some(placeholder) = placeholder(value) {
        return vec![Problem::new("placeholder-left", &[("placeholder", placeholder)])];
    }
    Vec::new()
}

/// A `${…}` that is no policy variable (those have a colon after their prefix), or one of the
/// `<…>` that stand for holes.
#[must_use]
pub fn placeholder(text: &str) -> Option<&str> {
    if !crate::text::any_byte(text, |byte| matches!(byte, b'$' | b'<')) {
        return None;
    }
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let tail = rest.get(start..)?;
        let end = tail.find('}').map_or(tail.len(), |at| at + 1);
        let whole = tail.get(..end)?;
        let name = whole.get(2..).unwrap_or_default().trim_end_matches('}');
        let literal = matches!(name, "*" | "?" | "$");
        if !literal && !name.split(',').next().is_some_and(|key| key.contains(':')) {
            return Some(whole);
        }
        rest = tail.get(end..)?;
    }
    let start = text.find('<')?;
    let tail = text.get(start..)?;
    tail.find('>').and_then(|end| tail.get(..=end))
}

/// Builds `arn:partition:service:region:account:` and lets the caller add the resource.
fn arn(service: &str, fields: [Given<'_>; 3], resource: impl FnOnce(&mut Text)) -> Text {
    let [partition, region, account] = fields;
    let mut out = Text::roomy();
    out.push_str("arn:");
    partition.push_to(&mut out);
    out.push_str(":");
    out.push_str(service);
    out.push_str(":");
    region.push_to(&mut out);
    out.push_str(":");
    account.push_to(&mut out);
    out.push_str(":");
    resource(&mut out);
    out
}

/// A given value as the plain text that stands in names and commands.
fn plain(given: Given<'_>) -> Text {
    given.text()
}

/// `own` when the account is the scope's, `other` when it is known to be another.
fn side(account: Given<'_>, context: &Context<'_>) -> &'static str {
    match (account.value(), context.account.value()) {
        (Some(there), Some(here)) if there != here => "other",
        _ => "own",
    }
}

/// The end of a Sid that tells whose statement it is: letters and digits of the name, and six
/// hexadecimal digits of the whole ARN (FNV-1a), so that roles of two accounts or of almost equal
/// names never overwrite each other in a policy that they share.
fn sid(name: &str, arn: Option<&Text>) -> Text {
    let mut out = String::with_capacity(name.len() + 6);
    out.extend(name.chars().filter(char::is_ascii_alphanumeric));
    let bytes = arn.map(|arn| arn.as_str().bytes()).into_iter().flatten();
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, b| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let _ = write!(out, "{:06x}", hash & 0x00ff_ffff);
    Text::new(out)
}

/// Problems of an ARN's partition, Region and account against what is known.
fn arn_problems(kind: &Kind, arn: &Arn<'_>, whole: &str, context: &Context<'_>) -> Vec<Problem> {
    if !context.regions.is_partition(arn.partition) {
        return vec![Problem::new(
            "value-form",
            &[("value", whole), ("kind", kind.title), ("form", kind.form), ("example", kind.example)],
        )];
    }
    if let Some(partition) = context.partition.value()
        && partition != arn.partition
    {
        return vec![Problem::new(
            "partition-mismatch",
            &[("value", whole), ("found", arn.partition), ("partition", partition)],
        )];
    }
    if !arn.region.is_empty() && !arn.region.contains('*') {
        match context.regions.partition_of(arn.region) {
            None => return vec![region_unknown(arn.region, context.regions)],
            Some(partition) if partition != arn.partition => {
                return vec![Problem::new(
                    "partition-mismatch",
                    &[("value", arn.region), ("found", partition), ("partition", arn.partition)],
                )];
            }
            Some(_) => {}
        }
    }
    Vec::new()
}

/// The problem that a Region does not exist, with the nearest that does.
fn region_unknown(region: &str, regions: &Regions) -> Problem {
    let alike = |name: &&str| name.bytes().zip(region.bytes()).take_while(|(a, b)| a == b).count();
    // Without one that could be a slip, the first Region of the same part of the world.
    let begins = || regions.names().rev().max_by_key(alike).filter(|name| alike(name) >= "eu-".len());
    let nearest = crate::text::nearest(region, regions.names()).or_else(begins).unwrap_or("us-east-1");
    Problem::new("region-unknown", &[("region", region), ("nearest", nearest)])
}

/// A kind's `fill` when it has no facet but `text`.
fn no_facets(_: &str, _: Given<'_>, _: &Context<'_>, _: &mut Texts) -> bool {
    false
}

/// True for letters and digits with wildcards allowed, at most `longest`, at least one.
fn is_id(text: &str, exactly: Option<usize>) -> bool {
    let wild = text.contains(['*', '?']);
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'*' || b == b'?')
        && (wild || exactly.is_none_or(|length| text.len() == length))
}

#[cfg(test)]
mod tests;
