//! Drawing the model: panes, overlays, title and footer. Nothing is changed here, nothing decided.
//!
//! [`draw`] is given the places by `app::layout` and the looks by [`theme`]. Every text reaches the
//! screen through [`pen`], which makes hidden characters visible.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::layout::{Areas, Kind, told_width};
use crate::app::mouse::Spot;
use crate::app::role::{Role, Words};
use crate::app::wrap::{cut, wrap};
use crate::app::{Model, Others, PANES, Pane, keys};
use crate::text::{columns, visible};

mod json;
mod overlays;
mod panes;
pub mod pen;
pub mod theme;

use pen::{Pen, Spots};

/// Draws everything.
pub fn draw(model: &Model, areas: &Areas, frame: &mut Frame<'_>) {
    draw_spots(model, areas, frame);
}

/// Draws everything, and tells where the things stand that the mouse can be on.
pub fn draw_spots(model: &Model, areas: &Areas, frame: &mut Frame<'_>) -> Spots {
    let mut pen = Pen::new(model, frame);
    pen.fill(Rect::new(0, 0, model.size.0, model.size.1));
    if areas.kind == Kind::Tiny {
        tiny(model, areas, &mut pen);
    } else {
        title(model, areas.title, &mut pen);
        if let Some(tabs) = areas.tabs {
            pane_tabs(model, tabs, &mut pen);
        }
        for ((pane, name), area) in PANES.into_iter().zip(areas.panes) {
            if let Some(area) = area {
                panes::draw(model, areas, pane, name, area, &mut pen);
            }
        }
        if !(model.zoomed && model.focus == Pane::Preview) {
            message(model, areas.message, &mut pen);
        }
        footer(model, areas.footer, &mut pen);
    }
    if let Some(overlay) = &model.overlay {
        // What lies below a window is out of reach.
        pen.spot(Rect::new(0, 0, model.size.0, model.size.1), Spot::Window);
        overlays::draw(model, overlay, areas.overlay, &mut pen);
    }
    pen.spots()
}

/// A screen that is too small for panes.
fn tiny(model: &Model, areas: &Areas, pen: &mut Pen<'_, '_>) {
    let (needed, (width, height)) = (crate::app::layout::SMALLEST, model.size);
    let text = format!("needs {}x{}, is {width}x{height}", needed.0, needed.1);
    let keys =
        Words::new(Role::Key, "?").and(Role::Text, " help  ").and(Role::Key, "q").and(Role::Text, " quit");
    if height > 1 {
        pen.line(areas.title, &Words::new(Role::Warning, text));
        pen.line(areas.footer, &keys);
    } else {
        pen.line(areas.title, &keys.and(Role::Warning, format!("  {text}")));
    }
}

/// What is being built, in words.
fn title(model: &Model, area: Rect, pen: &mut Pen<'_, '_>) {
    let file = model.filed.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
    let name = file.as_deref().unwrap_or("new blueprint");
    let state = match (model.is_modified(), &model.filed.path, model.filed.others) {
        (true, _, Others::None) => "modified",
        (true, _, Others::Open) => "modified, open twice",
        (true, _, Others::Changed) => "modified, and changed by others",
        (false, Some(_), Others::None) => "saved",
        (false, Some(_), Others::Open) => "saved, open twice",
        (false, Some(_), Others::Changed) => "changed by others",
        (false, None, _) => "empty",
    };
    let count = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    };
    let [missing, errors, warnings, _] = model.derived.counts();
    let ticks = model.blueprint.ticks.len();
    let role = |number: usize, role: Role| if number == 0 { Role::Title } else { role };
    let (narrow, bar) = (area.width < 60, if area.width < 60 { " " } else { " | " });
    let name = cut(name, usize::from(area.width / 6).max(10), "~");
    let head = match (narrow, area.width < crate::app::layout::WIDE) {
        (true, _) => format!(" {state}"),
        (false, true) => format!(" {name} ({state})"),
        (false, false) => format!(" bedrock-policy | {name} ({state})"),
    };
    let mut words =
        Words::new(Role::Title, head).and(Role::Title, format!("{bar}{}", count(ticks, "tick", "ticks")));
    for (number, one, many, look) in [
        (missing, "missing", "missing", Role::Hole),
        (errors, "error", "errors", Role::Error),
        (warnings, "warning", "warnings", Role::Warning),
    ] {
        if area.width < 75 && number == 0 && look != Role::Error {
            continue;
        }
        words = words.and(Role::Title, bar).and(role(number, look), count(number, one, many));
    }
    pen.bar(area, Role::Title);
    pen.line(area, &words);
}

/// The tabs of the panes, when one is shown at a time.
fn pane_tabs(model: &Model, area: Rect, pen: &mut Pen<'_, '_>) {
    let (mut words, mut x) = (Words::default(), area.x);
    for (number, (pane, name)) in PANES.into_iter().enumerate() {
        let (role, mark) = if pane == model.focus { (Role::Focus, ">") } else { (Role::Dim, " ") };
        let narrow = area.width < 60 && pane != model.focus;
        let name = if narrow { cut(name, 3, "") } else { name.to_owned() };
        let text = format!("{mark}{} {name} ", number + 1);
        let width = u16::try_from(text.chars().count()).unwrap_or(0);
        pen.spot(Rect { x, width, ..area }, Spot::PaneTab(pane));
        x += width;
        words = words.and(role, text);
    }
    pen.line(area, &words);
}

/// What just happened, in as many lines as it needs; else the tip, or the help of the row under the
/// caret.
fn message(model: &Model, area: Rect, pen: &mut Pen<'_, '_>) {
    let width = usize::from(area.width).saturating_sub(1);
    if let Some(toast) = &model.toast {
        for (at, line) in wrap(&toast.text, told_width(area.width)).iter().enumerate() {
            if let Some(row) = row_of(area, at) {
                pen.line(row, &Words::new(toast.role, format!(" {line}")));
            }
        }
        return;
    }
    let tip = match area.width {
        75.. => "Space ticks, Enter fills in, s Region, E an example, ? keys (! hides this)",
        50.. => "Enter fills in, E an example, ? keys (! hides this)",
        _ => "Enter fills in, ? keys (! hides)",
    };
    let words = match model.tip {
        true => Words::new(Role::Suggestion, " tip: ").and(Role::Text, tip),
        false if matches!(model.focus, Pane::Preview | Pane::Findings) => Words::default(),
        false => Words::new(Role::Dim, cut(&format!(" {}", row_help(model)), width, "…")),
    };
    pen.line(area, &words);
}

fn row_help(model: &Model) -> &str {
    use crate::app::fields::SCOPE_HELP;
    use crate::app::rows::{GROUPS, Row};
    match &model.checklist.row {
        Row::Capability(id) | Row::Instance(id, _) => {
            model.catalog.capability(id).map_or("", |one| &one.help)
        }
        Row::Subject(id) => model.catalog.subject(id).map_or("", |one| &one.help),
        Row::Scope => SCOPE_HELP,
        Row::Group(id) => GROUPS.iter().find(|(known, ..)| known == id).map_or("", |(.., help)| help),
    }
}

/// The keys that work here: cut at whole hints, never the first.
fn footer(model: &Model, area: Rect, pen: &mut Pen<'_, '_>) {
    let filter = model.checklist.filter.as_ref().filter(|filter| filter.typing && model.overlay.is_none());
    if let Some(filter) = filter {
        let words = Words::new(Role::Key, " /").and(Role::Value, &filter.text).and(Role::Text, "  ");
        pen.line(
            area,
            &words
                .and(Role::Key, "Enter")
                .and(Role::Text, " keep  ")
                .and(Role::Key, "Esc")
                .and(Role::Text, " clear"),
        );
        return pen.cursor(area.x + 2 + u16::try_from(columns(&visible(&filter.text))).unwrap_or(0), area.y);
    }
    let (mut words, mut used) = (Words::default(), 0);
    let mouse = model.mouse.then_some(("mouse", "is on"));
    // What is always there, then the state of the mouse, then the rest.
    let hints = keys::hints(model);
    let (first, rest) = hints.split_at(hints.len().min(2));
    for (key, hint) in first.iter().copied().chain(mouse).chain(rest.iter().copied()) {
        let length = key.chars().count() + hint.chars().count() + 3;
        if used > 0 && used + length > usize::from(area.width) {
            break;
        }
        used += length;
        words = words.and(Role::Key, format!(" {key}")).and(Role::Text, format!(" {hint} "));
    }
    pen.line(area, &words);
}

/// The caret and words of one line of a list.
fn listed(pen: &mut Pen<'_, '_>, area: Rect, is_caret: bool, focused: bool, words: &Words) {
    if is_caret {
        let role = if focused { Role::Focus } else { Role::Dim };
        pen.line(Rect { width: 1, ..area }, &Words::new(role, ">"));
    }
    let rest = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(2), ..area };
    pen.line(rest, words);
    if is_caret && focused {
        pen.caret(area);
    }
}

/// The area of one line, from the top of another.
fn row_of(area: Rect, at: usize) -> Option<Rect> {
    let at = u16::try_from(at).ok().filter(|at| *at < area.height)?;
    Some(Rect { y: area.y + at, height: 1, ..area })
}
