//! How an answer is read: a number, several, or the beginning of a word.

/// What an answer means among several choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picked<'a> {
    /// The one at this place.
    One(usize),
    /// Several begin so.
    Several(Vec<&'a str>),
    /// None.
    None,
}

/// The choice that a word is or begins; case does not count.
pub(super) fn pick<'a>(word: &str, choices: &[&'a str]) -> Picked<'a> {
    let low = word.trim().to_lowercase();
    if low.is_empty() {
        return Picked::None;
    }
    if let Some(at) = choices.iter().position(|choice| choice.to_lowercase() == low) {
        return Picked::One(at);
    }
    let begins = |choice: &str| choice.to_lowercase().starts_with(&low);
    // The beginning of a word inside counts where nothing else does: storage for S3 storage.
    let within = |choice: &str| choice.to_lowercase().split(' ').any(|part| part.starts_with(&low));
    let among = |is: &dyn Fn(&str) -> bool| -> Vec<(usize, &'a str)> {
        choices.iter().copied().enumerate().filter(|(_, choice)| is(choice)).collect()
    };
    let mut found = among(&begins);
    if found.is_empty() {
        found = among(&within);
    }
    match found.as_slice() {
        [] => Picked::None,
        [(at, _)] => Picked::One(*at),
        _ => Picked::Several(found.into_iter().map(|(_, choice)| choice).collect()),
    }
}

/// The choice that a number, counted from 1, or a word means.
pub(super) fn pick_numbered<'a>(word: &str, choices: &[&'a str]) -> Picked<'a> {
    match word.trim().parse::<usize>() {
        Ok(number) if (1..=choices.len()).contains(&number) => Picked::One(number - 1),
        Ok(_) => Picked::None,
        Err(_) => pick(word, choices),
    }
}

/// The numbers of a list such as `1 3 5`, `1,3` or `2-4`, each once; `None` when it is no such list,
/// the number itself when one is not among those from 1 to `last`.
pub(super) fn numbers(text: &str, last: usize) -> Option<Result<Vec<usize>, String>> {
    let mut out = Vec::new();
    let parts = text.split([' ', ',', '\t']).filter(|part| !part.is_empty());
    for part in parts {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(from) || !is_number(to) {
            return None;
        }
        let read = |text: &str| text.parse::<usize>().ok().filter(|number| (1..=last).contains(number));
        let (Some(from), Some(to)) = (read(from), read(to)) else { return Some(Err(part.to_owned())) };
        for number in from.min(to)..=from.max(to) {
            if !out.contains(&number) {
                out.push(number);
            }
        }
    }
    (!out.is_empty()).then_some(Ok(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_beginning_when_it_is_the_only_one() {
        let choices = ["save", "save as", "Show"];
        assert_eq!(pick("SAVE", &choices), Picked::One(0), "the whole word goes before a longer one");
        assert_eq!(pick("sh", &choices), Picked::One(2));
        assert_eq!(pick("s", &choices), Picked::Several(vec!["save", "save as", "Show"]));
        assert_eq!(pick("as", &choices), Picked::One(1), "a word inside");
        assert_eq!(pick("x", &choices), Picked::None);
        assert_eq!(pick(" ", &choices), Picked::None);
        assert_eq!(pick_numbered("3", &choices), Picked::One(2));
        assert_eq!(pick_numbered("0", &choices), Picked::None);
        assert_eq!(pick_numbered("99999999999999999999", &choices), Picked::None);
    }

    #[test]
    fn numbers_come_alone_in_lists_and_in_ranges() {
        let read = |text| numbers(text, 9);
        assert_eq!(read("1 3,5"), Some(Ok(vec![1, 3, 5])));
        assert_eq!(read("2-4 3"), Some(Ok(vec![2, 3, 4])));
        assert_eq!(read("4-2"), Some(Ok(vec![2, 3, 4])));
        assert_eq!(read("1 10"), Some(Err("10".to_owned())));
        assert_eq!(read("1-99999999999999999999"), Some(Err("1-99999999999999999999".to_owned())));
        assert_eq!(read("about 3"), None);
        assert_eq!(read("-"), None);
        assert_eq!(read(" , "), None);
    }
}
