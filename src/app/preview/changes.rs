//! What the last change did to a document, line by line.
//!
//! Lines are compared by what they say where: the statement's Sid, the element, the text. A statement
//! that only moved, because another came before it, has not changed.

use super::{Changed, Page};

/// A line as it is compared: a checksum of its statement, what it stands in, and its text.
type Key = u64;

/// How each row of a page stands to the page before the last edit.
#[must_use]
pub fn between(before: &Page<'_>, now: &Page<'_>) -> Vec<Changed> {
    let mut out = vec![Changed::default(); now.lines.len()];
    let (old, new) = (keys(before), keys(now));
    let mut rows: Vec<(Key, usize)> = new.iter().copied().zip(0..).collect();
    rows.sort_unstable();
    rows.dedup_by_key(|(key, _)| *key);
    let row_of = |key: &Key| {
        rows.binary_search_by_key(key, |(known, _)| *known)
            .ok()
            .and_then(|at| rows.get(at))
            .map(|(_, row)| *row)
    };
    // From below, so that each line that is gone is told at the next one that stayed.
    let (mut anchor, mut kept) = (out.len().saturating_sub(1), vec![false; new.len()]);
    for (at, key) in old.iter().enumerate().rev() {
        match row_of(key) {
            Some(row) => {
                anchor = row;
                if let Some(kept) = kept.get_mut(row) {
                    *kept = true;
                }
            }
            None if before.lines.get(at).is_some_and(|line| line.part.start == line.whole.start) => {
                if let Some(changed) = out.get_mut(anchor) {
                    changed.removed += 1;
                }
            }
            None => {}
        }
    }
    for ((changed, key), line) in out.iter_mut().zip(&new).zip(&now.lines) {
        changed.added = line.json && !row_of(key).and_then(|row| kept.get(row)).copied().unwrap_or(false);
    }
    out
}

/// The checksum of a text, over that of others: eight bytes at a time, the last ones filled up with
/// their number.
fn checksum(over: Key, text: &str) -> Key {
    let mix = |sum: Key, word: [u8; 8]| {
        let mixed = (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 32
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [u8::try_from(rest.len()).unwrap_or_default(); 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    mix(words.iter().fold(over ^ 0xcbf2_9ce4_8422_2325, |sum, word| mix(sum, *word)), last)
}

/// A line without its indent and its comma.
fn bare(line: &str) -> &str {
    let line = line.trim_ascii();
    line.strip_suffix(',').unwrap_or(line)
}

/// The key of every row.
fn keys(page: &Page<'_>) -> Vec<Key> {
    let (mut statement, mut open): (Key, Vec<Key>) = (0, Vec::new());
    let mut out: Vec<Key> = Vec::with_capacity(page.lines.len());
    for (at, line) in page.lines.iter().enumerate() {
        if line.part.start > line.whole.start {
            out.extend(out.last().copied());
            continue;
        }
        let whole = page.whole(line);
        let text = bare(whole);
        // The members of a statement stand at six columns, and its Sid comes first.
        if whole == "    {" {
            statement = checksum(1, page.lines.get(at + 1).map_or("", |next| page.whole(next)));
        }
        if text.starts_with([']', '}']) {
            out.push(checksum(statement.wrapping_add(open.pop().unwrap_or(0)), text));
            continue;
        }
        let key = checksum(statement.wrapping_add(open.last().copied().unwrap_or(0)), text);
        out.push(key);
        if text.ends_with(['[', '{']) {
            open.push(key);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preview::Page;

    fn page(text: &str) -> Page<'static> {
        let mut page = Page::default();
        page.json(text, 60);
        page
    }

    #[test]
    fn what_moved_is_not_changed_and_what_is_gone_is_told_below() {
        let statement = |sid: &str, action: &str| {
            format!(
                "    {{\n      \"Sid\": \"{sid}\",\n      \"Action\": [\n        \"{action}\"\n      ]\n    }}"
            )
        };
        let whole =
            |statements: &[String]| format!("{{\n  \"Statement\": [\n{}\n  ]\n}}\n", statements.join(",\n"));
        let (a, b, c) = (statement("A", "x:One"), statement("B", "x:Two"), statement("C", "x:Two"));
        let (two, three) = (page(&whole(&[a.clone(), c.clone()])), page(&whole(&[a.clone(), b, c.clone()])));
        let added: Vec<usize> =
            between(&two, &three).iter().zip(0..).filter(|(c, _)| c.added).map(|c| c.1).collect();
        assert_eq!(added, [8, 9, 10, 11, 12, 13]);
        let marks = between(&three, &two);
        assert!(marks.iter().all(|mark| !mark.added));
        assert_eq!(
            marks.iter().map(|mark| mark.removed).collect::<Vec<_>>(),
            [0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
        );
        let other = page(&whole(&[a, statement("C", "x:Three")]));
        let marks = between(&two, &other);
        let changed: Vec<(bool, usize)> =
            marks.iter().map(|mark| (mark.added, mark.removed)).skip(11).collect();
        assert_eq!(changed, [(true, 0), (false, 1), (false, 0), (false, 0), (false, 0)]);
    }
}
