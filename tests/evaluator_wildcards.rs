//! The tests' own evaluator against the definition of wildcards: exhaustive on short inputs.

#[path = "support/evaluator.rs"]
mod evaluator;

use evaluator::Decision::{Allow, ImplicitDeny};
use evaluator::{Parsed, Principal, Request, identity};
use serde_json::{Value, json};

const ACCOUNT: &str = "111122223333";
const ROLE: &str = "arn:aws:iam::111122223333:role/flows";
const PROMPT: &str = "arn:aws:bedrock:us-east-1:111122223333:prompt/AAAAAAAAAA";
const GET: &str = "bedrock:GetPrompt";

fn role() -> Principal {
    Principal::Aws { arn: ROLE.to_owned(), account: ACCOUNT.to_owned() }
}

fn request(action: &str, resource: &str) -> Request {
    Request::new(role(), action, resource)
}

fn parsed(statement: &Value) -> Parsed {
    Parsed::new(&json!({"Version": "2012-10-17", "Statement": statement}))
}

/// All words over an alphabet up to a length.
fn words(alphabet: &str, longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..longest {
        let longer =
            |word: &String| alphabet.chars().map(|letter| format!("{word}{letter}")).collect::<Vec<_>>();
        last = last.iter().flat_map(longer).collect();
        all.extend_from_slice(&last);
    }
    all
}

/// Every short pattern on every short text, beside the recursion that defines
/// wildcards.
#[test]
fn wildcards_agree_with_their_definition() {
    fn fits(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => (0..=text.len()).any(|taken| fits(rest, &text[taken..])),
            ([b'?', pattern @ ..], [_, text @ ..]) => fits(pattern, text),
            ([want, pattern @ ..], [have, text @ ..]) => want == have && fits(pattern, text),
            _ => false,
        }
    }
    let texts = words("ab", 5);
    for pattern in words("ab*?", 5) {
        let policy = parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"StringLike": {"aws:K": pattern}}}));
        for text in &texts {
            let request = request(GET, PROMPT).with("aws:K", &[text]);
            let got = identity(&[&policy], &request) == Allow;
            let expected = fits(pattern.as_bytes(), text.as_bytes());
            assert_eq!(got, expected, "{pattern} {text}");
        }
    }
}

/// The same for resources: a wildcard stays between colons, but for a `*` that
/// ends its part and for all in the sixth part.
#[test]
fn resources_agree_with_their_definition() {
    fn fits(pattern: &[u8], colons_left: usize, text: &[u8]) -> bool {
        let free = colons_left == 0;
        match (pattern, text) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => {
                let free = free || rest.first() == Some(&b':');
                (0..=text.len())
                    .take_while(|&taken| free || !text[..taken].contains(&b':'))
                    .any(|taken| fits(rest, colons_left, &text[taken..]))
            }
            ([b'?', rest @ ..], [have, text @ ..]) => {
                (free || *have != b':') && fits(rest, colons_left, text)
            }
            ([want, rest @ ..], [have, text @ ..]) => {
                let left = colons_left.saturating_sub(usize::from(*want == b':'));
                want == have && fits(rest, left, text)
            }
            _ => false,
        }
    }
    let parts = ["", "a", "*", "a*", "*a", "?", "a*b"];
    let texts = words("ab:", 6);
    for (region, account) in parts.iter().flat_map(|one| parts.map(|two| (*one, two))) {
        for tail in ["*", "a", "a*b", "?b", "*:b"] {
            let pattern = format!("arn:*:s:{region}:{account}:{tail}");
            let policy = parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": pattern}));
            for text in &texts {
                let request = request(GET, &format!("arn:p:s:{text}"));
                let got = identity(&[&policy], &request) == Allow;
                let expected = fits(pattern.as_bytes(), 5, request.resource.as_bytes());
                assert_eq!(got, expected, "{pattern} {}", request.resource);
            }
        }
    }
}

/// Patterns and texts made to provoke backtracking.
#[test]
fn wildcards_stay_cheap() {
    let pattern = format!("arn:aws:x:*:*:{}b", "*a".repeat(200));
    let policy = parsed(&json!({"Effect": "Allow", "Action": "*", "Resource": pattern}));
    let arn = format!("arn:aws:x:{}:{}", ":".repeat(40), "a".repeat(1000));
    assert_eq!(identity(&[&policy], &request(GET, &arn)), ImplicitDeny);
}
