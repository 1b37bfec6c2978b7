//! Patterns of one policy: wildcards with policy variables between them, and the ways in which the
//! elements of a statement compare them.
//!
//! Variables exist in version 2012-10-17 only (IAM User Guide, "Version"); `${*}`, `${?}` and `${$}`
//! are the characters themselves, and a variable without value and default makes the pattern match
//! nothing ("Variables and tags"). A value is plain text: a star in it is no wildcard.

use std::borrow::Cow;

use super::matches;
use super::request::Context;
use crate::text::has_wildcard;

/// One step of a pattern with variables.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Byte(u8),
    One,
    Any,
    Variable { key: String, default: Option<String> },
}

/// A text with wildcards, if they count, and variables, if there are any.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    source: String,
    wild: bool,
    /// The steps, for a pattern with `${`; others are matched by their text.
    steps: Option<Vec<Step>>,
}

impl Pattern {
    /// Reads a pattern; none when a variable in it is not spelled as IAM spells them.
    pub(super) fn read(text: &str, wildcards: bool, variables: bool) -> Option<Self> {
        let steps = if variables && text.contains("${") { Some(read_steps(text, wildcards)?) } else { None };
        Some(Self { source: text.to_owned(), wild: wildcards && has_wildcard(text), steps })
    }

    /// True when a variable's value decides what it matches.
    pub(super) fn is_open(&self) -> bool {
        let variable = |step: &Step| matches!(step, Step::Variable { .. });
        self.steps.as_ref().is_some_and(|steps| steps.iter().any(variable))
    }

    /// Whether it matches the whole text; none when a variable has no value.
    pub(super) fn text(&self, text: &str, ignore_case: bool, context: &Context) -> Option<bool> {
        if let Some(steps) = &self.steps {
            let steps = filled(steps, context)?;
            return Some(if ignore_case {
                let low: Vec<Step> = steps.iter().map(lower).collect();
                glob(&low, text.to_ascii_lowercase().as_bytes())
            } else {
                glob(&steps, text.as_bytes())
            });
        }
        Some(match (self.wild, ignore_case) {
            (true, _) => matches(&self.source, text),
            (false, true) => self.source.eq_ignore_ascii_case(text),
            (false, false) => self.source == text,
        })
    }

    /// Whether it matches an ARN as the ARN operators do: each of the six fields for itself, the last
    /// one whole (IAM User Guide, "Condition operators", "Amazon Resource Name (ARN) condition
    /// operators").
    pub(super) fn arn(&self, text: &str, context: &Context) -> Option<bool> {
        if let Some(steps) = &self.steps {
            let steps = filled(steps, context)?;
            return Some(*steps == [Step::Any] || fields_fit(&steps, text));
        }
        Some(self.source == "*" || plain_fields_fit(&self.source, text))
    }
}

/// One entry of `Resource` or `NotResource`.
#[derive(Clone, Debug)]
pub(super) enum ResourcePattern {
    /// `*` alone.
    Everything,
    /// An ARN, filled up to six fields.
    Arn(ArnPattern),
    /// Something that IAM takes for no resource: it matches nothing, and nothing follows from that.
    Unreadable(String),
}

/// An ARN pattern, with what tells most ARNs apart from it.
#[derive(Clone, Debug)]
pub(super) struct ArnPattern {
    source: String,
    pattern: Pattern,
    /// The bytes before the first wildcard or variable.
    head: usize,
    /// True when one of the first five fields ends with a star.
    may_cross: bool,
}

impl ResourcePattern {
    /// Reads an entry. An ARN of fewer than six fields gets stars for those that are missing; the
    /// service may hold no wildcard (IAM User Guide, "Resource"), and variables stand after the fifth
    /// colon only ("Variables and tags", "Where you can use policy variables").
    pub(super) fn read(text: &str, variables: bool) -> Self {
        if text == "*" {
            return Self::Everything;
        }
        let unreadable = || Self::Unreadable(text.to_owned());
        let count = text.splitn(6, ':').count();
        let fixed = if count == 6 { 5 } else { count };
        let fields = || text.splitn(6, ':').take(fixed);
        if !text.starts_with("arn:")
            || fields().nth(2).is_some_and(has_wildcard)
            || variables && fields().any(|field| field.contains("${"))
        {
            return unreadable();
        }
        let padded = format!("{text}{}", ":*".repeat(6 - count));
        let Some(pattern) = Pattern::read(&padded, true, variables) else { return unreadable() };
        let head = padded.find(['*', '?', '$']).unwrap_or(padded.len());
        let may_cross = padded.splitn(6, ':').take(5).any(|field| field.ends_with('*'));
        Self::Arn(ArnPattern { source: padded, pattern, head, may_cross })
    }

    /// The entry as written, short ARNs filled up.
    pub(super) fn source(&self) -> &str {
        match self {
            Self::Everything => "*",
            Self::Arn(arn) => &arn.source,
            Self::Unreadable(text) => text,
        }
    }

    /// Whether it matches a resource; none when a variable has no value or the entry is unreadable.
    pub(super) fn fits(&self, resource: &str, context: &Context) -> Option<bool> {
        match self {
            Self::Everything => Some(true),
            Self::Unreadable(_) => None,
            Self::Arn(arn) => arn.fits(resource, context),
        }
    }
}

impl ArnPattern {
    /// Field by field first; then, where a field ends with a star and the ARN has colons to spare, the
    /// star may run past a colon (IAM User Guide, "Resource", "Using wildcards in resource ARNs").
    fn fits(&self, resource: &str, context: &Context) -> Option<bool> {
        let head = self.source.as_bytes().get(..self.head);
        let steps = match &self.pattern.steps {
            Some(steps) => Some(filled(steps, context)?),
            None => None,
        };
        if resource.as_bytes().get(..self.head) != head {
            return Some(false);
        }
        let by_field = match &steps {
            Some(steps) => fields_fit(steps, resource),
            None => plain_fields_fit(&self.source, resource),
        };
        if by_field || !self.may_cross || resource.bytes().filter(|byte| *byte == b':').count() <= 5 {
            return Some(by_field);
        }
        // With every wildcard free it matches more; where even that fails, the long way is spared.
        let freely = match &steps {
            Some(steps) => glob(steps, resource.as_bytes()),
            None => matches(&self.source, resource),
        };
        if !freely {
            return Some(false);
        }
        let steps = steps.unwrap_or_else(|| Cow::Owned(read_plain(&self.source)));
        Some(crossing(&steps, resource.as_bytes()))
    }
}

/// Both texts' six fields, field by field.
fn plain_fields_fit(pattern: &str, text: &str) -> bool {
    let (mut fields, mut parts) = (pattern.splitn(6, ':'), text.splitn(6, ':'));
    for _ in 0..6 {
        match (fields.next(), parts.next()) {
            (Some(field), Some(part)) if field == part || matches(field, part) => {}
            _ => return false,
        }
    }
    true
}

fn fields_fit(steps: &[Step], text: &str) -> bool {
    let mut fields = steps.splitn(6, |step| *step == Step::Byte(b':'));
    let mut parts = text.splitn(6, ':');
    for _ in 0..6 {
        match (fields.next(), parts.next()) {
            (Some(field), Some(part)) if glob(field, part.as_bytes()) => {}
            _ => return false,
        }
    }
    true
}

fn read_plain(text: &str) -> Vec<Step> {
    text.bytes().map(|byte| plain_step(byte, true)).collect()
}

fn plain_step(byte: u8, wildcards: bool) -> Step {
    match byte {
        b'*' if wildcards => Step::Any,
        b'?' if wildcards => Step::One,
        byte => Step::Byte(byte),
    }
}

fn read_steps(text: &str, wildcards: bool) -> Option<Vec<Step>> {
    let mut steps = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        steps.extend(before.bytes().map(|byte| plain_step(byte, wildcards)));
        let (inside, behind) = after.split_once('}')?;
        steps.push(variable(inside)?);
        rest = behind;
    }
    steps.extend(rest.bytes().map(|byte| plain_step(byte, wildcards)));
    Some(steps)
}

/// What stands between `${` and `}`: a key, perhaps with a default in single quotes.
fn variable(inside: &str) -> Option<Step> {
    if let "*" | "?" | "$" = inside {
        return inside.bytes().next().map(Step::Byte);
    }
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let text = default.trim().strip_prefix('\'')?.strip_suffix('\'')?;
            (key, Some(text.to_owned()))
        }
    };
    let sound = !key.is_empty() && !key.contains(char::is_whitespace) && !key.contains("${");
    sound.then(|| Step::Variable { key: key.to_ascii_lowercase(), default })
}

/// The steps with the values of their variables. A key of several values cannot be a variable (IAM
/// User Guide, "Single-valued vs. multivalued context keys").
fn filled<'s>(steps: &'s [Step], context: &Context) -> Option<Cow<'s, [Step]>> {
    if !steps.iter().any(|step| matches!(step, Step::Variable { .. })) {
        return Some(Cow::Borrowed(steps));
    }
    let mut out = Vec::with_capacity(steps.len() + 32);
    for step in steps {
        let Step::Variable { key, default } = step else {
            out.push(step.clone());
            continue;
        };
        let value = match context.values(key) {
            [] => default.as_deref()?,
            [value] => value,
            _ => return None,
        };
        out.extend(value.bytes().map(Step::Byte));
    }
    Some(Cow::Owned(out))
}

fn lower(step: &Step) -> Step {
    match step {
        Step::Byte(byte) => Step::Byte(byte.to_ascii_lowercase()),
        other => other.clone(),
    }
}

/// The bytes of the character that begins with this one.
fn width(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0.. => 4,
    }
}

/// Whether the steps match the whole text. After a mismatch the last star takes one character more; an
/// earlier one could gain nothing.
fn glob(steps: &[Step], text: &[u8]) -> bool {
    let (mut step, mut at) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(at) {
        match steps.get(step) {
            Some(Step::Any) => {
                step += 1;
                back = Some((step, at));
            }
            Some(Step::One) => {
                step += 1;
                at += width(*byte);
            }
            Some(Step::Byte(wanted)) if wanted == byte => {
                step += 1;
                at += 1;
            }
            _ => {
                let Some((after, from)) = back else { return false };
                let next = from + text.get(from).map_or(1, |first| width(*first));
                back = Some((after, next));
                (step, at) = (after, next);
            }
        }
    }
    steps.get(step..).unwrap_or_default().iter().all(|step| *step == Step::Any)
}

/// Whether the steps match the whole text when stars that end a field run past colons, and other
/// wildcards of the first five fields do not. All places are walked together, so that the time is at
/// most the product of both lengths.
fn crossing(steps: &[Step], text: &[u8]) -> bool {
    let last = steps
        .iter()
        .enumerate()
        .filter(|(_, step)| **step == Step::Byte(b':'))
        .nth(4)
        .map_or(0, |(at, _)| at);
    let crosses = |at: usize| at > last || steps.get(at + 1) == Some(&Step::Byte(b':'));
    let mut places = vec![false; steps.len() + 1];
    let open = |places: &mut [bool]| {
        for (at, step) in steps.iter().enumerate() {
            if *step == Step::Any
                && places.get(at) == Some(&true)
                && let Some(next) = places.get_mut(at + 1)
            {
                *next = true;
            }
        }
    };
    if let Some(first) = places.first_mut() {
        *first = true;
    }
    open(&mut places);
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let mut next = vec![false; steps.len() + 1];
        let wide = width(*byte);
        for (place, step) in steps.iter().enumerate().filter(|(place, _)| places.get(*place) == Some(&true)) {
            let free = *byte != b':' || crosses(place);
            let to = match step {
                Step::Any if free => place,
                Step::One if *byte != b':' || place > last => place + 1,
                Step::Byte(_) if byte_run(steps, place, text, at, wide) => place + wide,
                _ => continue,
            };
            if let Some(slot) = next.get_mut(to) {
                *slot = true;
            }
        }
        places = next;
        open(&mut places);
        at += wide;
    }
    places.last() == Some(&true)
}

/// True when the steps from a place are the bytes of the character at `at`.
fn byte_run(steps: &[Step], place: usize, text: &[u8], at: usize, wide: usize) -> bool {
    let character = text.get(at..at + wide).unwrap_or_default();
    let run = steps.get(place..place + wide).unwrap_or_default();
    run.len() == character.len() && run.iter().zip(character).all(|(step, byte)| *step == Step::Byte(*byte))
}
