//! The windows above the panes: help, palette, export, a question, a path.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::row_of;
use crate::app::export::{Export, warning};
use crate::app::menu::{Ask, Entry, Menu, Question, help, palette};
use crate::app::mouse::Spot;
use crate::app::role::{Role, Words};
use crate::app::wrap::{Shown, cut, window as window_of, wrap};
use crate::app::{FileState, Model, Overlay, Purpose};
use crate::text::{columns, exact, visible};

/// Draws the overlay.
pub(super) fn draw(model: &Model, overlay: &Overlay, area: Rect, pen: &mut Pen<'_, '_>) {
    match overlay {
        Overlay::Help(menu) => {
            let inside = window(area, "Keys", pen);
            list(
                model,
                menu,
                &help(model, menu),
                "type to filter (/ first for j k g h l n); Enter does it; Esc closes",
                inside,
                pen,
            );
        }
        Overlay::Palette(menu) => {
            let inside = window(area, "All actions", pen);
            list(model, menu, &palette(model, menu), "type to find; Enter does it; Esc closes", inside, pen);
        }
        Overlay::Export(export) => draw_export(model, export, area, pen),
        Overlay::Question(question) => draw_question(question, area, pen),
        Overlay::Ask(ask) => draw_ask(model, ask, area, pen),
    }
}

/// An empty window with a border; its inside. A screen too small for a border gets none.
fn window(area: Rect, title: &str, pen: &mut Pen<'_, '_>) -> Rect {
    pen.fill(area);
    pen.spot(area, Spot::Window);
    if area.height < 5 || area.width < 10 {
        return area;
    }
    pen.frame(area, title, true);
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// A window of as many lines as it needs, in the middle.
fn small(area: Rect, lines: usize, title: &str, pen: &mut Pen<'_, '_>) -> Rect {
    let height = u16::try_from(lines + 2).unwrap_or(u16::MAX).min(area.height);
    let y = area.y + (area.height - height) / 2;
    window(Rect { y, height, ..area }, title, pen)
}

fn list(model: &Model, menu: &Menu, entries: &[Entry], hint: &str, area: Rect, pen: &mut Pen<'_, '_>) {
    let typed = Words::new(Role::Key, "/").and(Role::Value, &menu.filter);
    pen.line(area, &if menu.filter.is_empty() { Words::new(Role::Dim, hint) } else { typed });
    if menu.typing || !menu.filter.is_empty() {
        pen.cursor(area.x + 1 + u16::try_from(columns(&visible(&menu.filter))).unwrap_or(0), area.y);
    }
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if entries.is_empty() {
        return pen.line(body, &Words::new(Role::Dim, "nothing is called that; Esc clears"));
    }
    let mut lines: Vec<(Option<usize>, Words)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(heading) = entry.heading {
            lines.push((None, Words::new(Role::Heading, heading)));
        }
        let words = entry_words(entry, usize::from(area.width).saturating_sub(2)).into_iter().enumerate();
        lines.extend(words.map(|(part, words)| ((part == 0).then_some(at), words)));
    }
    let caret = lines.iter().position(|(at, _)| *at == Some(menu.scroll.caret)).unwrap_or(0);
    let height = usize::from(body.height.max(1));
    let top = (caret + 1).saturating_sub(height).max(caret.min((caret + height / 2).saturating_sub(height)));
    for (shown, (at, words)) in lines.iter().skip(top).enumerate() {
        let Some(row) = row_of(body, shown) else { break };
        if let Some(at) = at {
            pen.spot(row, Spot::Entry(*at));
        }
        super::listed(pen, row, *at == Some(menu.scroll.caret), true, words);
    }
    if let Some(toast) = &model.toast {
        pen.line(Rect { y: area.bottom(), height: 1, ..area }, &Words::new(toast.role, &toast.text));
    }
}

/// The lines of one entry: its keys, its words, and why it cannot be done now.
fn entry_words(entry: &Entry, width: usize) -> Vec<Words> {
    let keys = format!("{:14} ", entry.binding.keys.join(" "));
    let (lead, room) = (" ".repeat(keys.len()), width.saturating_sub(keys.len()));
    let role = if entry.refused.is_some() { Role::Dim } else { Role::Text };
    let mut out: Vec<Words> = Vec::new();
    for (at, line) in wrap(entry.binding.words, room).into_iter().enumerate() {
        let before = if at == 0 { Words::new(Role::Key, &keys) } else { Words::new(Role::Text, &lead) };
        out.push(before.and(role, line));
    }
    for line in entry.refused.iter().flat_map(|why| wrap(&format!("not now: {why}"), room)) {
        out.push(Words::new(Role::Text, &lead).and(Role::Warning, line));
    }
    out
}

fn draw_export(model: &Model, export: &Export, area: Rect, pen: &mut Pen<'_, '_>) {
    let warning = warning(model);
    let extra = usize::from(warning.is_some()) * 2 + usize::from(export.problem.is_some()) * 3;
    let inside = small(area, export.length() + 2 + extra, "Export", pen);
    let width = usize::from(inside.width);
    let mut lines: Vec<(Option<usize>, Words)> = Vec::new();
    let folder = export.folder.lines().first().map_or("", String::as_str);
    let (folder, cursor) =
        window_of(folder, export.folder.cursor().1, width.saturating_sub(11), Shown::Words);
    lines.push((Some(0), Words::new(Role::Dim, "folder  ").and(Role::Value, folder)));
    for (at, file) in export.files.iter().enumerate() {
        lines.push((Some(at + 1), file_words(file, width)));
    }
    let count = export.files.iter().filter(|file| file.chosen).count();
    lines.push((None, Words::default()));
    let what = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let write = match (&warning, export.told) {
        (Some(_), true) => format!("[ write {what} all the same ]"),
        _ => format!("[ write {what} ]"),
    };
    lines.push((Some(export.length() - 1), Words::new(Role::Focus, write)));
    if let Some(text) = &warning {
        let told = if export.told { " Enter again writes them all the same." } else { "" };
        let text = format!("{text}{told}");
        lines.extend(
            wrap(&text, width.saturating_sub(2))
                .into_iter()
                .map(|line| (None, Words::new(Role::Warning, line))),
        );
    }
    if let Some(problem) = &export.problem {
        lines.extend(
            wrap(problem, width.saturating_sub(2))
                .into_iter()
                .map(|line| (None, Words::new(Role::Error, line))),
        );
    }
    let caret = lines.iter().position(|(at, _)| *at == Some(export.scroll.caret)).unwrap_or(0);
    let height = usize::from(inside.height.max(1));
    let last = if caret + 4 > lines.len() { lines.len() } else { caret + 1 };
    let top = last.saturating_sub(height);
    for (shown, (at, words)) in lines.iter().skip(top).enumerate() {
        let Some(row) = row_of(inside, shown) else { break };
        if let Some(at) = at {
            pen.spot(row, Spot::Entry(*at));
        }
        super::listed(pen, row, *at == Some(export.scroll.caret), true, words);
        if export.editing && *at == Some(0) {
            pen.cursor((row.x + 10 + cursor).min(row.right().saturating_sub(1)), row.y);
        }
    }
}

fn file_words(file: &crate::app::export::File, width: usize) -> Words {
    let mark = if file.chosen { "[x] " } else { "[ ] " };
    let (role, state) = match &file.state {
        None => (Role::Dim, ""),
        Some(FileState::New) => (Role::Good, "new"),
        Some(FileState::Overwrite) => (Role::Warning, "overwrite"),
        Some(FileState::Unchanged) => (Role::Dim, "unchanged"),
        Some(FileState::Refused(why) | FileState::Link(why)) => (Role::Error, why.as_str()),
    };
    // On a narrow screen the name is cut, so that the state is seen.
    let room = width.saturating_sub(17).clamp(8, 32);
    let name = cut(&exact(&file.name), room, "~");
    Words::new(if file.chosen { Role::Focus } else { Role::Dim }, mark)
        .and(Role::Text, format!("{name:room$} "))
        .and(role, state)
}

fn draw_question(question: &Question, area: Rect, pen: &mut Pen<'_, '_>) {
    let inner = usize::from(area.width.saturating_sub(6));
    let text: Vec<String> = question.lines.iter().flat_map(|line| wrap(line, inner)).collect();
    let answers = question.answers.len();
    let inside = small(area, text.len() + 1 + answers, "Question", pen);
    // Where not all has room, the answers stay and the words are cut.
    let room = usize::from(inside.height).saturating_sub(answers);
    for (at, line) in text.iter().take(room).enumerate() {
        if let Some(row) = row_of(inside, at) {
            pen.line(row, &Words::new(Role::Text, format!("  {line}")));
        }
    }
    let first = room.min(text.len() + 1);
    for (at, (answer, _)) in question.answers.iter().enumerate() {
        let Some(row) = row_of(inside, first + at) else { break };
        pen.spot(row, Spot::Entry(at));
        let (mark, role) = if at == question.at { ("> ", Role::Focus) } else { ("  ", Role::Text) };
        pen.line(row, &Words::new(role, format!("{mark}{answer}")));
    }
}

fn draw_ask(model: &Model, ask: &Ask, area: Rect, pen: &mut Pen<'_, '_>) {
    let (title, hint) = match ask.purpose {
        Purpose::Open => ("Open a blueprint", "Its path; Down chooses one that was open lately."),
        Purpose::SaveAs => {
            ("Save the blueprint", "Its path. It is what you ticked and gave, to be opened again.")
        }
        Purpose::Names => (
            "Read names",
            "A file with what an AWS CLI list command printed, as in `aws bedrock-agent list-knowledge-bases > names.json`. Fields then propose those names.",
        ),
        Purpose::Profile => (
            "Read an inference profile",
            "A file with what `aws bedrock get-inference-profile` printed: the Regions that the profile routes to.",
        ),
    };
    let inner = usize::from(area.width.saturating_sub(4));
    let hint = wrap(hint, inner);
    let recent: &[std::path::PathBuf] = if ask.purpose == Purpose::Open { &model.world.recent } else { &[] };
    let problem = ask.problem.as_ref().map(|text| wrap(text, inner)).unwrap_or_default();
    let inside = small(area, 3 + hint.len() + recent.len() + problem.len(), title, pen);
    let text = ask.editor.lines().first().map_or("", String::as_str);
    let column = ask.editor.cursor().1;
    let (shown, cursor) = window_of(text, column, inner.saturating_sub(3), Shown::Words);
    let caret = if ask.recent.is_none() { "> " } else { "  " };
    let mut lines = vec![Words::new(Role::Focus, caret).and(Role::Value, shown)];
    lines.extend(problem.into_iter().map(|line| Words::new(Role::Error, line)));
    lines.push(Words::default());
    lines.extend(hint.into_iter().map(|line| Words::new(Role::Dim, line)));
    for (at, path) in recent.iter().enumerate() {
        let (mark, role) = if ask.recent == Some(at) { ("> ", Role::Focus) } else { ("  ", Role::Text) };
        lines.push(Words::new(role, format!("{mark}{}", path.to_string_lossy())));
    }
    let first = lines.len() - recent.len();
    for (at, words) in lines.iter().enumerate() {
        if let Some(row) = row_of(inside, at) {
            if let Some(at) = at.checked_sub(first) {
                pen.spot(row, Spot::Entry(at));
            }
            pen.line(row, words);
        }
    }
    if ask.recent.is_none() {
        pen.cursor(inside.x + 2 + cursor, inside.y);
    }
}
