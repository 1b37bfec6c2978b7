//! When a pattern matches a text, when two patterns can meet, and when one contains the other.
//!
//! This is the one place that knows: rules, fixes and comparisons ask it. Wildcards are IAM's: `*`
//! is any run of characters, `?` one character, with no way to quote them. ARNs are compared field
//! by field, so that a star in one field does not swallow the next; the last field is compared whole
//! and its stars cross `/` and `:` (IAM User Guide, "Resource").
//!
//! It also knows what a request is answered: a [`Policy`] is compiled once from its document, a
//! [`Situation`] says which policies bear on a request, and [`decide`] names the answer and the
//! statement that gave it.

use crate::policy::arn::Arn;
use crate::text::has_wildcard;

mod condition;
mod decide;
mod form;
mod nearest;
mod pattern;
mod principal;
mod request;
mod scalar;
mod statement;

pub use decide::{Decision, Found, Layer, Outcome, Side, Situation, decide};
pub use form::{arn_fits_form, fits_form, open_variables};
pub use nearest::{ArnField, Difference, Nearest};
pub use request::{Caller, Context, Request};
pub use statement::{Policy, Statement};

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
    matches_without(pattern, text, &[])
}

/// Like [`matches`], for a pattern whose stars do not run over `excluded` characters. Taking the first
/// place that fits is enough even then: a later one lets the next star begin behind an excluded
/// character only when the present star runs over that character itself. Such a pattern has no `?`.
fn matches_without(pattern: &str, text: &str, excluded: &[char]) -> bool {
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
                if text.get(from).is_some_and(|byte| excluded.contains(&char::from(*byte))) {
                    return false;
                }
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
    pattern.eq_ignore_ascii_case(action)
        || pattern.contains(['*', '?'])
            && matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
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
    let Some((a, b)) = differing_parts(a, b) else { return false };
    if a == "*" {
        return b.chars().all(|c| c == '*' || !excluded.contains(&c));
    }
    if !has_wildcard(a) {
        return matches(b, a);
    }
    if !has_wildcard(b) && (excluded.is_empty() || !a.contains('?')) {
        return matches_without(a, b, excluded);
    }
    meet(a, b, excluded)
}

/// [`overlap`] for any two patterns.
fn meet(a: &str, b: &str, excluded: &[char]) -> bool {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    // reach[j]: the rest of `a` from the present place and the rest of `b` from j can meet.
    let width = b.len() + 1;
    let (mut below, mut row) = (vec![false; width], vec![false; width]);
    for i in (0..=a.len()).rev() {
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
        std::mem::swap(&mut below, &mut row);
    }
    below.first().copied().unwrap_or(false)
}

/// What is left of two patterns between the literal characters that both begin and end with;
/// nothing when their literal characters differ there, so that no text is matched by both.
fn differing_parts<'t>(a: &'t str, b: &'t str) -> Option<(&'t str, &'t str)> {
    let head = literal_run(a.bytes().zip(b.bytes()))?;
    let (a, b) = (a.get(head..)?, b.get(head..)?);
    let tail = literal_run(a.bytes().rev().zip(b.bytes().rev()))?;
    Some((a.get(..a.len() - tail)?, b.get(..b.len() - tail)?))
}

/// The number of equal bytes before a wildcard of either side; nothing when a literal byte differs.
fn literal_run(pairs: impl Iterator<Item = (u8, u8)>) -> Option<usize> {
    let mut count = 0;
    for (x, y) in pairs {
        if matches!(x, b'*' | b'?') || matches!(y, b'*' | b'?') {
            break;
        }
        if x != y {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Whether everything that `inner` matches is matched by `outer`, case counting. The two are walked
/// together over sets of places; more than `budget` steps answer [`Inclusion::Unknown`].
#[must_use]
pub fn includes(outer: &str, inner: &str, budget: usize) -> Inclusion {
    if outer == inner || outer == "*" {
        return Inclusion::Yes;
    }
    if !has_wildcard(inner) {
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
    fn the_short_ways_of_overlap_answer_as_the_long_one() {
        let texts = |letters: &[char], longest: u32| {
            let all = (0..=longest).flat_map(|length| {
                let count = letters.len().pow(length);
                (0..count)
                    .map(move |n| (0..length).map(|at| n / letters.len().pow(at) % letters.len()).collect())
            });
            let spelled = |places: Vec<usize>| places.into_iter().map(|at| letters[at]).collect::<String>();
            all.map(spelled).collect::<Vec<String>>()
        };
        let (patterns, others) = (texts(&['a', '/', '*'], 5), texts(&['a', '/', '*', '?'], 4));
        for (a, b) in patterns.iter().flat_map(|a| others.iter().map(move |b| (a, b))) {
            for excluded in [&['/'][..], &[]] {
                assert_eq!(overlap(a, b, excluded), meet(a, b, excluded), "{a} {b} {excluded:?}");
                assert_eq!(overlap(b, a, excluded), meet(b, a, excluded), "{b} {a} {excluded:?}");
            }
        }
        for (a, b) in texts(&['a', '/', '*'], 5)
            .iter()
            .flat_map(|a| texts(&['a', '/'], 7).into_iter().map(move |b| (a, b)))
        {
            assert_eq!(overlap(a, &b, &['/']), meet(a, &b, &['/']), "{a} {b}");
        }
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
