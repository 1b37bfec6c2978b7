//! When a pattern matches a text, when two patterns can meet, and when one contains the other.
//!
//! This is the one place that knows: rules, fixes and comparisons ask it. Wildcards are IAM's: `*`
//! is any run of characters, `?` one character, with no way to quote them. ARNs are compared field
//! by field, so that a star in one field does not swallow the next; the last field is compared whole
//! and its stars cross `/` and `:` (IAM User Guide, "Resource").

use std::borrow::Cow;

use crate::policy::arn::Arn;

/// Whether a pattern contains another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inclusion {
    /// Everything the inner one matches, the outer one matches.
    Yes,
    /// Something the inner one matches is outside.
    No,
    /// Not decided within the budget. Never taken for `No`.
    Unknown,
}

/// True when the pattern matches the text, which is taken literally. Case counts.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                back = Some((p + 1, t));
                p += 1;
            }
            Some(b'?') => {
                p += 1;
                t += char_length(text, t);
            }
            Some(byte) if text.get(t) == Some(byte) => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((after_star, from)) = back else { return false };
                let next = from + char_length(text, from);
                back = Some((after_star, next));
                (p, t) = (after_star, next);
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

/// Length in bytes of the UTF-8 character that begins at `at`.
fn char_length(text: &[u8], at: usize) -> usize {
    let rest = text.get(at + 1..).unwrap_or_default();
    1 + rest.iter().take_while(|byte| (0x80..0xc0).contains(*byte)).count()
}

/// True when an IAM action pattern matches an IAM action; case does not count.
#[must_use]
pub fn action_matches(pattern: &str, action: &str) -> bool {
    if !pattern.contains(['*', '?']) {
        return pattern.eq_ignore_ascii_case(action);
    }
    matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
}

/// True when a resource pattern matches an ARN. `*` alone matches everything.
#[must_use]
pub fn arn_matches(pattern: &str, arn: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    match (Arn::parse(pattern), Arn::parse(arn)) {
        (Some(pattern), Some(arn)) => {
            pattern.fields().iter().zip(arn.fields()).all(|(pattern, field)| matches(pattern, field))
        }
        _ => false,
    }
}

/// True when some text is matched by both patterns. `excluded` are characters that the stars of the
/// first pattern do not run over.
#[must_use]
pub fn overlap(a: &str, b: &str, excluded: &[char]) -> bool {
    if !heads_agree(a.bytes(), b.bytes()) || !heads_agree(a.bytes().rev(), b.bytes().rev()) {
        return false;
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    // reach[j]: the rest of `a` from the present place and the rest of `b` from j can meet.
    let width = b.len() + 1;
    let mut below = vec![false; width];
    for i in (0..=a.len()).rev() {
        let mut row = vec![false; width];
        for j in (0..=b.len()).rev() {
            let at = |row: &[bool], j: usize| row.get(j).copied().unwrap_or(false);
            let meets = match (a.get(i), b.get(j)) {
                (None, None) => true,
                (Some('*'), None) => at(&below, j),
                (None, Some('*')) => at(&row, j + 1),
                (Some('*'), Some(other)) => {
                    at(&below, j)
                        || (!excluded.contains(other) && at(&row, j + 1))
                        || (*other == '*' && at(&row, j + 1))
                }
                (Some(_), Some('*')) => at(&below, j) || at(&row, j + 1),
                (Some(x), Some(y)) => (x == y || *x == '?' || *y == '?') && at(&below, j + 1),
                _ => false,
            };
            if let Some(slot) = row.get_mut(j) {
                *slot = meets;
            }
        }
        below = row;
    }
    below.first().copied().unwrap_or(false)
}

/// False when two patterns differ before the first wildcard of either.
fn heads_agree(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> bool {
    for (x, y) in a.zip(b) {
        if matches!(x, b'*' | b'?') || matches!(y, b'*' | b'?') {
            return true;
        }
        if x != y {
            return false;
        }
    }
    true
}

/// True when a resource pattern can name an ARN of a form with `${…}` variables. Ids do not run over
/// `/` and `:`, other variables do.
#[must_use]
pub fn fits_form(pattern: &str, form: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let opened = open_variables(pattern);
    let (Some(pattern), Some(form)) = (Arn::parse(&opened), Arn::parse(form)) else { return false };
    pattern.fields().iter().zip(form.fields()).rev().all(|(field, form)| {
        let head = form.split("${").next().unwrap_or_default();
        if !form.contains("${") && !field.contains(['*', '?']) {
            return *field == form;
        }
        if !heads_agree(head.bytes(), field.bytes()) {
            return false;
        }
        let (shape, ids) = shape(form);
        overlap(&shape, field, if ids { &['/', ':'] } else { &[] })
    })
}

/// The pattern with a star for each policy variable, whose value is known only when a call is judged.
fn open_variables(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains("${") {
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

/// A form's field with stars for its variables, and whether all of them are plain ids.
fn shape(field: &str) -> (String, bool) {
    let mut out = String::new();
    let mut ids = field.contains("${");
    let mut rest = field;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push('*');
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        ids &= name == "BucketName"
            || (name.ends_with("Id") && name != "ResourceId")
            || name.ends_with("Version");
        rest = after;
    }
    out.push_str(rest);
    (out, ids)
}

/// Whether everything that `inner` matches is matched by `outer`, case counting. The two are walked
/// together over sets of places; more than `budget` steps answer [`Inclusion::Unknown`].
#[must_use]
pub fn includes(outer: &str, inner: &str, budget: usize) -> Inclusion {
    if outer == inner || outer == "*" {
        return Inclusion::Yes;
    }
    if !inner.contains(['*', '?']) {
        return if matches(outer, inner) { Inclusion::Yes } else { Inclusion::No };
    }
    let outer: Vec<char> = outer.chars().collect();
    let inner: Vec<char> = inner.chars().collect();
    let start = (0, closure(&outer, vec![0]));
    let mut seen = vec![start.clone()];
    let mut open = vec![start];
    let mut steps = 0;
    while let Some((at, places)) = open.pop() {
        steps += places.len() + 1;
        if steps > budget {
            return Inclusion::Unknown;
        }
        let ends = inner.get(at..).unwrap_or_default().iter().all(|c| *c == '*');
        if ends && !places.contains(&outer.len()) {
            return Inclusion::No;
        }
        for next in successors(&inner, &outer, at, &places) {
            if !seen.contains(&next) {
                seen.push(next.clone());
                open.push(next);
            }
        }
    }
    Inclusion::Yes
}

type State = (usize, Vec<usize>);

/// The states after one more character, for every character that could tell the patterns apart.
fn successors(inner: &[char], outer: &[char], at: usize, places: &[usize]) -> Vec<State> {
    let mut out = Vec::new();
    let mut from = at;
    loop {
        match inner.get(from) {
            None => return out,
            Some('*') => {
                for c in alphabet(outer, places) {
                    out.push((from, step(outer, places, c)));
                }
                from += 1;
            }
            Some('?') => {
                for c in alphabet(outer, places) {
                    out.push((from + 1, step(outer, places, c)));
                }
                return out;
            }
            Some(c) => {
                out.push((from + 1, step(outer, places, Some(*c))));
                return out;
            }
        }
    }
}

/// The characters the outer pattern waits for, and one that it does not name.
fn alphabet(outer: &[char], places: &[usize]) -> Vec<Option<char>> {
    let mut out = vec![None];
    for place in places {
        if let Some(c) = outer.get(*place).filter(|c| **c != '*' && **c != '?')
            && !out.contains(&Some(*c))
        {
            out.push(Some(*c));
        }
    }
    out
}

fn step(outer: &[char], places: &[usize], c: Option<char>) -> Vec<usize> {
    let mut next = Vec::new();
    for place in places {
        match outer.get(*place) {
            Some('*') => next.push(*place),
            Some('?') => next.push(place + 1),
            Some(wanted) if Some(*wanted) == c => next.push(place + 1),
            _ => {}
        }
    }
    closure(outer, next)
}

/// Places reachable without a character: stars may match nothing.
fn closure(outer: &[char], mut places: Vec<usize>) -> Vec<usize> {
    let mut index = 0;
    while let Some(place) = places.get(index).copied() {
        if outer.get(place) == Some(&'*') && !places.contains(&(place + 1)) {
            places.push(place + 1);
        }
        index += 1;
    }
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_as_iam_has_them() {
        for (pattern, text, expected) in [
            ("a*c", "abbc", true),
            ("a*c", "ab", false),
            ("*", "", true),
            ("?", "", false),
            ("a?c", "aéc", true),
            ("*ab*ab", "abab", true),
            ("*ab*ab", "ab", false),
            ("a**", "a", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
        assert!(action_matches("BEDROCK:invoke*", "bedrock:InvokeModel"));
    }

    #[test]
    fn arns_match_field_by_field() {
        assert!(arn_matches(
            "arn:aws:bedrock:*::foundation-model/x",
            "arn:aws:bedrock:us-east-1::foundation-model/x"
        ));
        assert!(!arn_matches("arn:aws:bedrock:*:flow/x", "arn:aws:bedrock:us-east-1:1:flow/x"));
        assert!(arn_matches("arn:aws:lambda:*:*:function:*", "arn:aws:lambda:r:1:function:f:live"));
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

    #[test]
    fn inclusion_is_decided_or_unknown() {
        use Inclusion::{No, Unknown, Yes};
        for (outer, inner, expected) in [
            ("a*", "ab*", Yes),
            ("ab*", "a*", No),
            ("*a*", "*aa*", Yes),
            ("?*", "*", No),
            ("*", "?", Yes),
            ("a*b", "a?b", Yes),
            ("a?b", "a*b", No),
            ("*x*y", "*xy", Yes),
            ("abc", "ab?", No),
            ("a*a", "a", No),
        ] {
            assert_eq!(includes(outer, inner, 100_000), expected, "{outer} includes {inner}");
        }
        assert_eq!(includes("*a*b*a*b*?c", "*a?b*a?b*c*", 5), Unknown);
    }
}
