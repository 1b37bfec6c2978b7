//! The borders on a drawn screen: found by their corners, and whole.
#![allow(dead_code, reason = "each test binary uses its own part")]

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

fn sign(buffer: &Buffer, x: u16, y: u16) -> &str {
    buffer.cell(Position { x, y }).map_or("", Cell::symbol)
}

/// Every border of the screen that begins with a corner; an error says where one is torn. A window stands
/// above the panes: then its own border, the heavy one, is the only whole one.
pub(crate) fn borders(buffer: &Buffer, window: bool) -> Result<Vec<Rect>, String> {
    let mut out = Vec::new();
    for (x, y) in (0..buffer.area.height).flat_map(|y| (0..buffer.area.width).map(move |x| (x, y))) {
        let (right, below, end, side) = match sign(buffer, x, y) {
            "┌" if !window => ("┐", "└", "┘", "│"),
            "┏" => ("┓", "┗", "┛", "┃"),
            _ => continue,
        };
        let east = (x + 1..buffer.area.width).find(|at| sign(buffer, *at, y) == right);
        let south = (y + 1..buffer.area.height).find(|at| sign(buffer, x, *at) == below);
        let (Some(east), Some(south)) = (east, south) else {
            return Err(format!("the border at {x},{y} has no other corner"));
        };
        if sign(buffer, east, south) != end {
            return Err(format!("the border at {x},{y} ends in `{}`", sign(buffer, east, south)));
        }
        for (at, row) in (y + 1..south).flat_map(|row| [(x, row), (east, row)]) {
            if sign(buffer, at, row) != side {
                return Err(format!("the side at {at},{row} is `{}`", sign(buffer, at, row)));
            }
        }
        out.push(Rect { x, y, width: east - x + 1, height: south - y + 1 });
    }
    Ok(out)
}

/// A letter that takes several cells has them to itself.
pub(crate) fn overlap(buffer: &Buffer) -> Option<String> {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = sign(buffer, x, y);
            let width = if symbol.len() == 1 { 1 } else { u16::try_from(symbol.width()).unwrap_or(1).max(1) };
            let covered = (x + 1..x + width).find(|at| !matches!(sign(buffer, *at, y), " " | ""));
            if covered.is_some() || x + width > buffer.area.width {
                return Some(format!("`{symbol}` at {x},{y} covers its neighbour"));
            }
            x += width;
        }
    }
    None
}
