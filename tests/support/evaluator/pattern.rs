//! Wildcards (g.5) and policy variables (g.6).

use std::borrow::Cow;

use super::{Context, lookup};

/// One step of a pattern. Matching goes byte by byte, which is right for UTF-8
/// as long as wildcards take whole characters.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `?`: any single character
    One,
    /// `*`: any run of characters
    Any,
    Variable(Variable),
}

/// `${key}` or `${key, 'default'}` (`variables`).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Variable {
    key: String,
    default: Option<String>,
}

/// Whether letters of different case are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Sensitive,
    /// For ASCII letters; IAM does not say more.
    Ignored,
}

/// A text with wildcards and variables.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// The bytes before the first wildcard or variable; everything the pattern
    /// fits begins with them, unless case is ignored.
    start: Vec<u8>,
    tokens: Vec<Token>,
    has_variables: bool,
}

impl Pattern {
    /// Reads a pattern. Variables exist only in the language of 2012-10-17; in
    /// the older one `${…}` is literal text (g.3).
    pub fn new(text: &str, wildcards: bool, variables: bool) -> Self {
        let bytes = text.as_bytes();
        let mut tokens = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            if variables && bytes[at..].starts_with(b"${") {
                let Some(length) = text[at..].find('}') else {
                    panic!("evaluator: unclosed variable in {text:?}");
                };
                tokens.push(variable(&text[at + 2..at + length]));
                at += length + 1;
                continue;
            }
            tokens.push(match bytes[at] {
                b'*' if wildcards => Token::Any,
                b'?' if wildcards => Token::One,
                byte => Token::Byte(byte),
            });
            at += 1;
        }
        let has_variables = tokens.iter().any(|token| matches!(token, Token::Variable(_)));
        let plain = |token: &Token| match token {
            Token::Byte(byte) => Some(*byte),
            _ => None,
        };
        Self { start: tokens.iter().map_while(plain).collect(), tokens, has_variables }
    }

    /// The pattern with values for its variables, or `None` where one has
    /// neither value nor default. Values are plain text: a `*` in one is no
    /// wildcard. A multi-valued key cannot be a variable
    /// (`condition-single-vs-multi-valued-context-keys`).
    fn resolve(&self, context: &Context) -> Option<Cow<'_, [Token]>> {
        if !self.has_variables {
            return Some(Cow::Borrowed(&self.tokens));
        }
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            let Token::Variable(variable) = token else {
                tokens.push(token.clone());
                continue;
            };
            let value = match lookup(context, &variable.key) {
                [] => variable.default.as_deref()?,
                [value] => value,
                _ => panic!("evaluator: variable {variable:?} has several values"),
            };
            tokens.extend(value.bytes().map(Token::Byte));
        }
        Some(Cow::Owned(tokens))
    }

    /// A whole text against the pattern; `None` if a variable has no value.
    pub fn matches_text(&self, text: &str, case: Case, context: &Context) -> Option<bool> {
        let tokens = self.resolve(context)?;
        if case == Case::Sensitive && !text.as_bytes().starts_with(&self.start) {
            return Some(false);
        }
        Some(glob(&tokens, text.as_bytes(), case))
    }

    /// The ARN operators: each of the six components is checked separately, so
    /// no wildcard runs past a colon, but for those inside the last component
    /// (`elements_condition_operators`, "ARN condition operators").
    pub fn matches_arn(&self, text: &str, context: &Context) -> Option<bool> {
        let tokens = self.resolve(context)?;
        Some(*tokens == [Token::Any] || components_match(&tokens, text))
    }

    /// True if the pattern can be one for an ARN operator: six components or
    /// `*`, unless its variables are to fill it.
    pub fn is_arn(&self) -> bool {
        self.tokens == [Token::Any] || self.has_variables || components(&self.tokens).count() == 6
    }
}

fn variable(inside: &str) -> Token {
    match inside {
        // The escapes for characters that otherwise have a meaning.
        "*" | "?" | "$" => return Token::Byte(inside.as_bytes()[0]),
        _ => {}
    }
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let quoted = default.trim().strip_prefix('\'');
            let Some(text) = quoted.and_then(|rest| rest.strip_suffix('\'')) else {
                panic!("evaluator: the default is not in single quotes: ${{{inside}}}");
            };
            (key, Some(text.to_owned()))
        }
    };
    assert!(
        !key.is_empty() && !key.contains(char::is_whitespace) && !key.contains("${"),
        "evaluator: not a variable: ${{{inside}}}"
    );
    Token::Variable(Variable { key: key.to_owned(), default })
}

/// How many bytes the character with this first byte has.
fn width(first: u8) -> usize {
    match first {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0.. => 4,
    }
}

/// Wildcard matching of a whole text, without recursion: on a mismatch only the
/// last `*` takes one character more, for an earlier one could gain nothing.
fn glob(tokens: &[Token], text: &[u8], case: Case) -> bool {
    let (mut token, mut at) = (0, 0);
    let mut retry = None;
    loop {
        match tokens.get(token) {
            Some(Token::Any) => {
                token += 1;
                retry = Some((token, at));
                continue;
            }
            Some(Token::One) if at < text.len() => {
                token += 1;
                at += width(text[at]);
                continue;
            }
            Some(Token::Byte(want)) if at < text.len() && same(*want, text[at], case) => {
                token += 1;
                at += 1;
                continue;
            }
            None if at == text.len() => return true,
            _ => {}
        }
        match retry {
            Some((after, from)) if from < text.len() => {
                at = from + width(text[from]);
                token = after;
                retry = Some((after, at));
            }
            _ => return false,
        }
    }
}

fn same(want: u8, have: u8, case: Case) -> bool {
    want == have || (case == Case::Ignored && want.eq_ignore_ascii_case(&have))
}

/// The six parts of an ARN: partition, service, region and account have no
/// colon, the resource keeps its own.
fn components(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.splitn(6, |token| *token == Token::Byte(b':'))
}

fn components_match(tokens: &[Token], text: &str) -> bool {
    let mut parts = text.splitn(6, ':');
    let mut count = 0;
    for component in components(tokens) {
        count += 1;
        match parts.next() {
            Some(part) if glob(component, part.as_bytes(), Case::Sensitive) => {}
            _ => return false,
        }
    }
    count == 6 && parts.next().is_none()
}

/// One entry of `Action` or `NotAction`.
#[derive(Clone, Debug)]
pub(super) struct ActionPattern {
    /// What stands before the first wildcard.
    literal: String,
    /// The first wildcard and what follows; empty if there is none.
    rest: Vec<Token>,
}

impl ActionPattern {
    /// `*`, or a service prefix without wildcards and a name with any
    /// (`elements_action`, g.5).
    pub fn new(text: &str) -> Self {
        let sound = text.split_once(':').is_some_and(|(service, name)| {
            !service.is_empty()
                && !name.is_empty()
                && !service.contains(['*', '?', '$'])
                && !name.contains([':', '$', ' '])
        });
        assert!(text == "*" || sound, "evaluator: not an action: {text:?}");
        let (literal, rest) = text.split_at(text.find(['*', '?']).unwrap_or(text.len()));
        Self { literal: literal.to_owned(), rest: Pattern::new(rest, true, false).tokens }
    }

    /// Prefix and name compare without case (`elements_action`, g.4). The
    /// literal start is tried first: nearly every pattern fails there.
    pub fn matches(&self, action: &str) -> bool {
        let (text, literal) = (action.as_bytes(), self.literal.as_bytes());
        if self.rest.is_empty() {
            return text.len() == literal.len() && text.eq_ignore_ascii_case(literal);
        }
        text.len() >= literal.len()
            && text[..literal.len()].eq_ignore_ascii_case(literal)
            && glob(&self.rest, &text[literal.len()..], Case::Ignored)
    }
}

/// One entry of `Resource` or `NotResource`.
#[derive(Clone, Debug)]
pub(super) enum ResourcePattern {
    /// `*` alone
    Everything,
    Arn(Pattern),
}

impl ResourcePattern {
    /// An ARN, or `*`. Fields an ARN lacks are filled with `*`; no wildcard in
    /// the service field; variables only after the fifth colon
    /// (`elements_resource`, g.5, g.6).
    pub fn new(text: &str, variables: bool) -> Self {
        if text == "*" {
            return Self::Everything;
        }
        assert!(text.starts_with("arn:"), "evaluator: neither an ARN nor *: {text:?}");
        let fields: Vec<_> = text.splitn(6, ':').collect();
        assert!(
            !fields.get(2).is_some_and(|service| service.contains(['*', '?'])),
            "evaluator: wildcard in the service of {text:?}"
        );
        let fixed = &fields[..fields.len().min(5)];
        assert!(
            !variables || !fixed.iter().any(|field| field.contains("${")),
            "evaluator: variable before the fifth colon of {text:?}"
        );
        let padded = format!("{text}{}", ":*".repeat(6 - fields.len()));
        Self::Arn(Pattern::new(&padded, true, variables))
    }

    /// Whether the request's resource is meant; `None` if a variable has no
    /// value. Case-sensitive (g.4). Wildcards work within the ARN's parts
    /// between colons; a `*` that ends a part may also run past colons; in the
    /// sixth part `/` and `:` are characters like any other
    /// (`elements_resource`, "Using wildcards in resource ARNs").
    pub fn matches(&self, resource: &str, context: &Context) -> Option<bool> {
        let Self::Arn(pattern) = self else {
            return Some(true);
        };
        let tokens = pattern.resolve(context)?;
        // Most resources are told apart here; the rest is slow.
        if !resource.as_bytes().starts_with(&pattern.start) {
            return Some(false);
        }
        if pattern.start.len() == tokens.len() {
            return Some(resource.len() == tokens.len());
        }
        Some(components_match(&tokens, resource) || crosses_colons(&tokens, resource))
    }
}

/// The same match with parts that end in `*` taking in whole further parts.
/// Possible only where the text has colons to spare.
fn crosses_colons(tokens: &[Token], text: &str) -> bool {
    let colons = || text.bytes().enumerate().filter(|(_, byte)| *byte == b':');
    if colons().count() <= 5 {
        return false;
    }
    let parts: Vec<_> = components(tokens).collect();
    let Some((last, first)) = parts.split_last() else {
        return false;
    };
    // Where in the text the next part may begin.
    let mut starts = vec![0];
    for part in first {
        let mut next = Vec::new();
        for &start in &starts {
            let mut ends = colons().map(|(at, _)| at).filter(|&at| at >= start);
            let Some(end) = ends.next() else { continue };
            if !glob(part, &text.as_bytes()[start..end], Case::Sensitive) {
                continue;
            }
            next.push(end + 1);
            if part.last() == Some(&Token::Any) {
                next.extend(ends.map(|at| at + 1));
            }
        }
        next.sort_unstable();
        next.dedup();
        starts = next;
    }
    starts.iter().any(|&start| glob(last, &text.as_bytes()[start..], Case::Sensitive))
}
