//! The preview: tabs, lines with numbers and marks, the size against its limit.

use ratatui::layout::Rect;

use crate::app::mouse::Spot;
use crate::app::preview::{Changed, GUTTER, Line, Page, Tab, marks, shown, tabs};
use crate::app::role::{Role, Words};
use crate::app::rows::owner;
use crate::app::written::Own;
use crate::app::{Model, Pane};
use crate::compose::Document;
use crate::text::{columns, exact};
use crate::ui::json::colored;
use crate::ui::pen::Pen;
use crate::ui::row_of;

/// Draws it; the line of the caret and the number of entries and of lines come back.
pub(super) fn draw(
    model: &Model,
    area: Rect,
    inside: Rect,
    focused: bool,
    pen: &mut Pen<'_, '_>,
) -> (usize, usize, usize) {
    let now = shown(model);
    if model.zoomed {
        for (at, line) in now.lines.iter().enumerate().skip(model.preview.scroll.top) {
            let Some(row) = row_of(inside, at - model.preview.scroll.top) else { break };
            pen.line(row, &look(&now, line));
        }
        return (model.preview.scroll.caret, now.lines.len(), 0);
    }
    tab_line(model, Rect { y: inside.y.saturating_sub(1), height: 1, ..inside }, pen);
    if now.lines.is_empty() {
        welcome(inside, pen);
        return (0, 0, 0);
    }
    let marks = marks(model, &now);
    let owner = owner(model, &model.checklist.row);
    let own = owner.map(|owner| Own::of(model, &owner)).unwrap_or_default();
    let written = now.written_by(&own);
    let scroll = model.preview.scroll;
    for (at, line) in now.lines.iter().enumerate().skip(scroll.top) {
        let Some(row) = row_of(inside, at - scroll.top) else { break };
        pen.spot(row, Spot::Line(Pane::Preview, at));
        let mark = marks.get(at).copied().unwrap_or_default();
        let is_caret = at == scroll.caret && focused;
        gutter(pen, row, line, (is_caret, mark, written.get(at).copied().unwrap_or(false)));
        let text = Rect { x: row.x + GUTTER.min(row.width), width: row.width.saturating_sub(GUTTER), ..row };
        pen.line(text, &look(&now, line));
        if is_caret {
            pen.caret(row);
        }
    }
    let foot = Rect { y: inside.bottom(), height: 1, ..inside };
    if foot.y + 1 < area.bottom() {
        let words = status(model, &marks);
        pen.line(foot, &words);
        if columns(&words.text()) > usize::from(foot.width) {
            pen.line_right(foot, &Words::new(Role::Dim, "…"));
        }
    }
    (scroll.caret, now.lines.len(), now.lines.len())
}

fn gutter(pen: &mut Pen<'_, '_>, row: Rect, line: &Line<'_>, (caret, mark, written): (bool, Changed, bool)) {
    let (sign, role) = match (mark.added, mark.removed > 0) {
        (true, _) => ("+", Role::Added),
        (false, true) => ("-", Role::Removed),
        (false, false) => (" ", Role::Dim),
    };
    let begins = line.json && line.part.start == line.whole.start;
    let number = if begins { format!("{:>4} ", line.number) } else { "     ".to_owned() };
    let words = Words::new(Role::Focus, if caret { ">" } else { " " })
        .and(role, sign)
        .and(Role::Punctuation, number)
        .and(Role::Written, if written { "▌" } else { " " });
    pen.line(row, &words);
}

/// The words of a row: the part of its line that it shows.
fn look(page: &Page<'_>, line: &Line<'_>) -> Words {
    if !line.json {
        return Words::new(line.role, page.part(line));
    }
    let (mut words, mut at) = (Words::new(Role::Text, " ".repeat(line.indent)), line.whole.start);
    for (role, piece) in colored(page.whole(line)).pieces {
        let from = line.part.start.clamp(at, at + piece.len()) - at;
        let to = line.part.end.clamp(at, at + piece.len()) - at;
        words = words.and(role, piece.get(from..to).unwrap_or_default());
        at += piece.len();
    }
    words
}

/// The tabs, moved so that the one shown is in sight.
fn tab_line(model: &Model, area: Rect, pen: &mut Pen<'_, '_>) {
    let tabs = tabs(&model.derived);
    let at = tabs.iter().position(|tab| Some(tab) == model.preview.tab.as_ref()).unwrap_or(0);
    let title = |tab: &Tab| exact(tab.title()).into_owned();
    let wide = |tab: &Tab| title(tab).chars().count() + 3;
    let (mut first, mut used) = (at, tabs.get(at).map_or(0, wide) + 4);
    while let Some(before) = first.checked_sub(1).and_then(|before| tabs.get(before)) {
        used += wide(before);
        if used > usize::from(area.width) {
            break;
        }
        first -= 1;
    }
    let before = if first > 0 { "< " } else { "" };
    let (mut words, mut x) = (Words::new(Role::Dim, before), area.x + u16::from(first > 0) * 2);
    let mut room = usize::from(area.width).saturating_sub(4);
    for (index, tab) in tabs.iter().enumerate().skip(first) {
        if wide(tab) > room && index > at {
            words = words.and(Role::Dim, " >");
            break;
        }
        room = room.saturating_sub(wide(tab));
        let width = u16::try_from(wide(tab)).unwrap_or(u16::MAX);
        pen.spot(Rect { x, width, ..area }.intersection(area), Spot::Tab(index));
        x = x.saturating_add(width);
        words = match index == at {
            true => words.and(Role::Focus, format!("[{}] ", title(tab))),
            false => words.and(Role::Dim, format!(" {}  ", title(tab))),
        };
    }
    pen.line(area, &words);
}

/// What stands there before anything is ticked.
fn welcome(area: Rect, pen: &mut Pen<'_, '_>) {
    let lines = [
        (Role::Heading, "No document yet"),
        (Role::Text, ""),
        (Role::Text, "Tick what the flow uses, and its policies appear here while you do."),
        (Role::Text, ""),
        (Role::Key, "Space   tick the row under the caret"),
        (Role::Key, "Enter   tick it and fill in its values"),
        (Role::Key, "s       give Region and account"),
        (Role::Key, "E       look at an example: a flow of seven nodes"),
        (Role::Key, "O       open a blueprint that you saved"),
    ];
    let wrapped = lines.iter().flat_map(|(role, text)| {
        crate::app::wrap::wrap(text, usize::from(area.width)).into_iter().map(|line| (*role, line))
    });
    for (at, (role, text)) in wrapped.enumerate() {
        if let Some(row) = row_of(area, at) {
            pen.line(row, &Words::new(role, text));
        }
    }
}

/// What the document is for, its size against its limit, what the last edit changed.
fn status(model: &Model, marks: &[Changed]) -> Words {
    let mut words = match &model.preview.tab {
        Some(Tab::Document(name)) => match model.derived.bundle.document(name) {
            Some(document) => Words::new(Role::Dim, size(document))
                .and(Role::Dim, format!(", for {}", exact(&document.attach_to))),
            None => Words::default(),
        },
        Some(Tab::Managed(_)) => Words::new(Role::Dim, "AWS's own policy: attached as it is"),
        Some(Tab::Runbook) => {
            Words::new(Role::Dim, "the steps in order; Y copies the command of the step under the caret")
        }
        None => Words::default(),
    };
    let added = marks.iter().filter(|mark| mark.added).count();
    let removed: usize = marks.iter().map(|mark| mark.removed).sum();
    if added < marks.len() && added + removed > 0 {
        words = Words::new(Role::Added, format!("+{added} "))
            .and(Role::Removed, format!("-{removed}  "))
            .and(Role::Dim, words.text());
    }
    words
}

/// The size in characters that count, and the limit where there is one.
fn size(document: &Document) -> String {
    match document.limit() {
        Some(limit) => format!("{} of {limit} characters", document.size),
        None => format!("{} characters", document.size),
    }
}
