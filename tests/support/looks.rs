//! Looks as letters: each cell of the screen by the role that its style is the style of.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fmt::Write as _;

use bedrock_policy::app::Theme;
use bedrock_policy::app::role::{ROLES, Role};
use bedrock_policy::ui::theme::style;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The letter of each role. Plain text is a dot.
const LETTERS: &[(Role, char)] = &[
    (Role::Text, '.'),
    (Role::Dim, 'd'),
    (Role::Heading, 'h'),
    (Role::Title, 't'),
    (Role::Border, 'b'),
    (Role::Focus, 'f'),
    (Role::Key, 'k'),
    (Role::Error, 'e'),
    (Role::Warning, 'w'),
    (Role::Suggestion, 's'),
    (Role::Good, 'g'),
    (Role::Value, 'v'),
    (Role::StandIn, 'i'),
    (Role::Hole, 'o'),
    (Role::JsonKey, 'j'),
    (Role::JsonText, 'x'),
    (Role::JsonWord, 'n'),
    (Role::Punctuation, 'p'),
    (Role::Wildcard, 'z'),
    (Role::Written, 'm'),
    (Role::Added, 'a'),
    (Role::Removed, 'r'),
    (Role::Found, 'u'),
    (Role::Command, 'q'),
];

/// What can be seen of a style: its colour and its modifiers.
type Look = (Color, Modifier);

fn look(theme: Theme, role: Role) -> Look {
    let style = style(theme, role);
    (style.fg.unwrap_or(Color::Reset), style.add_modifier)
}

/// The letters of a theme: roles that look alike share the letter of the first.
fn table(theme: Theme) -> Vec<(Look, char, Vec<Role>)> {
    let mut out: Vec<(Look, char, Vec<Role>)> = Vec::new();
    for role in ROLES {
        let letter = LETTERS.iter().find(|(known, _)| known == role).map(|(_, letter)| *letter);
        let letter = letter.unwrap_or_else(|| panic!("give {role:?} a letter"));
        let look = look(theme, *role);
        match out.iter_mut().find(|(known, ..)| *known == look) {
            Some((.., roles)) => roles.push(*role),
            None => out.push((look, letter, vec![*role])),
        }
    }
    out
}

/// One line that says which letter stands for which roles.
pub(crate) fn legend(theme: Theme) -> String {
    let mut out = String::new();
    for (_, letter, roles) in table(theme) {
        let names: Vec<String> = roles.iter().map(|role| format!("{role:?}").to_lowercase()).collect();
        let _ = write!(out, "{letter} {}; ", names.join("/"));
    }
    out + "capitals: on the caret's line or the title's bar"
}

/// The looks of a whole screen, a line for a line. Blanks that look like blanks are blank.
pub(crate) fn looks(buffer: &Buffer, theme: Theme) -> String {
    let table = table(theme);
    let lines = (0..buffer.area.height).map(|y| {
        let cells = (0..buffer.area.width).filter_map(|x| buffer.cell(Position { x, y }));
        cells.map(|cell| letter(cell, &table)).collect::<String>().trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn letter(cell: &Cell, table: &[(Look, char, Vec<Role>)]) -> char {
    assert_eq!(cell.bg, Color::Reset, "no theme paints a background");
    let seen = cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    if cell.symbol() == " " && !seen {
        return ' ';
    }
    let of = |modifier: Modifier| {
        table.iter().find(|(look, ..)| *look == (cell.fg, modifier)).map(|(_, letter, _)| *letter)
    };
    let besides = || {
        [Modifier::BOLD, Modifier::REVERSED, Modifier::BOLD | Modifier::REVERSED]
            .into_iter()
            .filter(|more| cell.modifier.contains(*more))
            .find_map(|more| of(cell.modifier - more))
            .map(|letter| letter.to_ascii_uppercase())
    };
    of(cell.modifier).or_else(besides).unwrap_or_else(|| panic!("{cell:?} has the style of no role"))
}

/// The looks of the cell at which a text begins; `None` when it is not there.
pub(crate) fn style_of(buffer: &Buffer, text: &str) -> Option<(Color, Modifier)> {
    for y in 0..buffer.area.height {
        let line = super::screen::row(buffer, y, buffer.area);
        if let Some(at) = line.find(text) {
            let x = u16::try_from(line.get(..at)?.chars().count()).ok()?;
            return buffer.cell(Position { x, y }).map(|cell| (cell.fg, cell.modifier));
        }
    }
    None
}
