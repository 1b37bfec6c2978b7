//! The detail: words and fields; the cursor while a field is edited.

use ratatui::layout::Rect;

use crate::app::detail::lines;
use crate::app::mouse::Spot;
use crate::app::{Model, Pane};
use crate::ui::pen::Pen;
use crate::ui::row_of;

/// Draws it; the line of the caret and the number of entries and of lines come back.
pub(super) fn draw(model: &Model, area: Rect, focused: bool, pen: &mut Pen<'_, '_>) -> (usize, usize, usize) {
    let scroll = model.detail;
    let is_open = model.editing.is_some();
    let lines = lines(model, usize::from(area.width));
    for (at, line) in lines.iter().enumerate().skip(scroll.top) {
        let Some(row) = row_of(area, at - scroll.top) else { break };
        pen.spot(row, Spot::Line(Pane::Detail, at));
        let is_caret = at == scroll.caret && focused && model.focus == Pane::Detail && !is_open;
        crate::ui::listed(pen, row, is_caret, focused, &line.words);
        if let Some(column) = line.cursor {
            pen.cursor(row.x + 2 + column, row.y);
        }
    }
    (scroll.caret, lines.len(), lines.len())
}
