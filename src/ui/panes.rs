//! The four panes: border, title, and what is inside.

use ratatui::layout::Rect;

use super::pen::Pen;
use crate::app::layout::Areas;
use crate::app::mouse::Spot;
use crate::app::role::{Role, Words};
use crate::app::{Model, Pane};

mod checklist;
mod detail;
mod findings;
mod preview;

/// Draws one pane.
pub(super) fn draw(model: &Model, areas: &Areas, pane: Pane, name: &str, area: Rect, pen: &mut Pen<'_, '_>) {
    let focused = model.focus == pane && model.overlay.is_none();
    let inside = areas.inside(model, pane);
    pen.spot(area, Spot::Pane(pane));
    let bare = model.zoomed && pane == Pane::Preview;
    if !bare {
        let number = crate::app::PANES.iter().position(|(known, _)| *known == pane).map_or(0, |at| at + 1);
        pen.frame(area, &format!("{number} {name}{}", subtitle(model, pane)), focused);
    }
    let (caret, length, rows) = match pane {
        Pane::Checklist => checklist::draw(model, inside, focused, pen),
        Pane::Detail => detail::draw(model, inside, focused, pen),
        Pane::Preview => preview::draw(model, area, inside, focused, pen),
        Pane::Findings => findings::draw(model, inside, focused, pen),
    };
    if !bare && rows > usize::from(inside.height) {
        let role = if focused { Role::Focus } else { Role::Border };
        pen.frame_note(area, &Words::new(role, format!(" {}/{length} ", caret + 1)));
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
