//! The four panes: border, title, and what is inside.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::layout::Areas;
use crate::app::role::{Role, Words};
use crate::app::{Model, Pane};

mod checklist;
mod detail;
mod findings;
mod preview;

/// Draws one pane.
pub(super) fn draw(model: &Model, areas: &Areas, pane: Pane, name: &str, area: Rect, pen: &mut Pen<'_, '_>) {
    let focused = model.focus == pane && !super::covered(model);
    let inside = areas.inside(model, pane);
    let bare = model.zoomed && pane == Pane::Preview;
    if !bare {
        let number = crate::app::PANES.iter().position(|(known, _)| *known == pane).map_or(0, |at| at + 1);
        pen.frame(area, &format!("{number} {name}{}", subtitle(model, pane)), focused);
    }
    match pane {
        Pane::Checklist => checklist::draw(model, inside, focused, pen),
        Pane::Detail => detail::draw(model, inside, focused, pen),
        Pane::Preview => preview::draw(model, area, inside, focused, pen),
        Pane::Findings => findings::draw(model, inside, focused, pen),
    }
    if !bare && let Some(note) = place(model, pane, usize::from(inside.height), usize::from(inside.width)) {
        pen.frame_note(area, &Words::new(if focused { Role::Focus } else { Role::Border }, note));
    }
}

/// What stands behind a pane's name.
fn subtitle(model: &Model, pane: Pane) -> String {
    match pane {
        Pane::Checklist => {
            let filter = model.checklist.filter.as_ref().map(|filter| format!(": /{}", filter.text));
            filter.unwrap_or_default()
        }
        Pane::Detail => match model.about {
            crate::app::About::Row => String::new(),
            crate::app::About::Line => ": the line under the caret".to_owned(),
            crate::app::About::Finding => ": the finding under the caret".to_owned(),
        },
        Pane::Preview => String::new(),
        Pane::Findings => format!(": {}", model.derived.findings.len()),
    }
}

/// Where the caret is in a list that is longer than its pane.
fn place(model: &Model, pane: Pane, height: usize, width: usize) -> Option<String> {
    let (caret, length) = match pane {
        Pane::Checklist => (model.checklist.scroll.caret, crate::app::rows::lines(model).len()),
        Pane::Detail => (model.detail.caret, crate::app::detail::lines(model, width).len()),
        Pane::Preview => (model.preview.scroll.caret, crate::app::preview::shown(model).lines.len()),
        Pane::Findings => (model.findings.caret, model.derived.findings.len()),
    };
    (length > height).then(|| format!(" {}/{length} ", caret + 1))
}
