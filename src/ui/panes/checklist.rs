//! The checklist: boxes, titles, counts.

use ratatui::layout::Rect;

use crate::app::detail::role_of;
use crate::app::mouse::Spot;
use crate::app::role::{Role, Words};
use crate::app::rows::{Line, Mark, Row, lines};
use crate::app::wrap::cut;
use crate::app::{Model, Pane};
use crate::catalog::messages::Severity;
use crate::text::columns;
use crate::ui::pen::Pen;
use crate::ui::{listed, row_of};

/// Draws it; the line of the caret and the number of entries and of lines come back.
pub(super) fn draw(model: &Model, area: Rect, focused: bool, pen: &mut Pen<'_, '_>) -> (usize, usize, usize) {
    let rows = lines(model);
    let scroll = model.checklist.scroll;
    if rows.is_empty() {
        let filter = model.checklist.filter.as_ref().map_or("", |filter| &filter.text);
        let text = format!("nothing has `{filter}` in its title or IAM actions; Esc clears the filter");
        for (at, text) in crate::app::wrap::wrap(&text, usize::from(area.width)).into_iter().enumerate() {
            if let Some(line) = row_of(area, at) {
                pen.line(line, &Words::new(Role::Dim, text));
            }
        }
    }
    for (at, row) in rows.iter().enumerate().skip(scroll.top) {
        let Some(line) = row_of(area, at - scroll.top) else { break };
        let is_caret = row.row == model.checklist.row;
        pen.spot(line, Spot::Line(Pane::Checklist, at));
        if row.mark != Mark::None || row.open.is_some() {
            let start = line.x + 2 + 2 * row.depth;
            let width = if row.open.is_some() { 2 } else { 0 } + if row.mark == Mark::None { 0 } else { 3 };
            pen.spot(Rect { x: start, width, ..line }.intersection(line), Spot::Box(at));
        }
        listed(
            pen,
            line,
            is_caret,
            focused,
            &words(row, usize::from(line.width).saturating_sub(3), pen.ascii()),
        );
    }
    (scroll.caret, rows.len(), rows.len())
}

fn words(row: &Line, width: usize, ascii: bool) -> Words {
    let indent = "  ".repeat(usize::from(row.depth));
    let mark = match row.mark {
        Mark::None => "",
        Mark::Off => "[ ] ",
        Mark::On => "[x] ",
        Mark::Part => "[-] ",
    };
    let arrow = match (row.open, ascii) {
        (None, _) => "",
        (Some(true), false) => "▾ ",
        (Some(false), false) => "▸ ",
        (Some(true), true) => "v ",
        (Some(false), true) => "> ",
    };
    let title = if matches!(row.row, Row::Group(_)) { Role::Heading } else { Role::Text };
    let (before, found, after) = split(&row.text, row.found.clone());
    let mut words = Words::new(Role::Text, indent)
        .and(title, arrow)
        .and(if row.mark == Mark::Off { Role::Dim } else { Role::Focus }, mark)
        .and(title, before)
        .and(Role::Found, found)
        .and(title, after);
    let used = columns(&words.text());
    let room = width.saturating_sub(used + 1);
    if !row.note.is_empty() && room > 3 {
        let note = cut(&row.note, room, if ascii { "~" } else { "…" });
        let gap = " ".repeat(width - used - columns(&note));
        let role = row.severity.filter(|one| *one != Severity::Suggestion).map_or(Role::Dim, role_of);
        words = words.and(Role::Text, gap).and(role, note);
    }
    words
}

/// A text in three parts: before what was found, that, and behind it.
fn split(text: &str, found: std::ops::Range<usize>) -> (&str, &str, &str) {
    let before = text.get(..found.start).unwrap_or(text);
    let inside = text.get(found.clone()).unwrap_or_default();
    let after = text.get(before.len() + inside.len()..).unwrap_or_default();
    (before, inside, after)
}
