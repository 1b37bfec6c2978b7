//! The looks of every role in every theme. Colours say nothing that a word or sign does not say too.

use ratatui::style::{Color, Modifier, Style};

use crate::app::Theme;
use crate::app::role::Role;

/// The style of a role.
#[must_use]
pub fn style(theme: Theme, role: Role) -> Style {
    let plain = Style::new();
    let weight = modifiers(role);
    let Some(color) = color(theme, role) else { return plain.add_modifier(weight) };
    plain.fg(color).add_modifier(weight)
}

/// Bold, dim, reversed, underlined: the same in every theme, so that nothing rests on colour.
fn modifiers(role: Role) -> Modifier {
    match role {
        Role::Heading | Role::Focus | Role::Key | Role::Error | Role::Written => Modifier::BOLD,
        Role::Title => Modifier::REVERSED,
        Role::Dim | Role::Punctuation | Role::Border => Modifier::DIM,
        Role::Found | Role::Hole => Modifier::UNDERLINED,
        Role::StandIn => Modifier::ITALIC,
        _ => Modifier::empty(),
    }
}

/// The colour of a role; `None` leaves the terminal's own.
fn color(theme: Theme, role: Role) -> Option<Color> {
    match theme {
        Theme::Mono => None,
        Theme::Terminal => terminal(role),
        Theme::Contrast => Some(contrast(role)),
        Theme::BlueOrange => blue_orange(role),
    }
}

fn terminal(role: Role) -> Option<Color> {
    Some(match role {
        Role::Focus | Role::Key | Role::JsonKey => Color::Cyan,
        Role::Error | Role::Hole | Role::Removed => Color::Red,
        Role::Warning | Role::Wildcard | Role::StandIn => Color::Yellow,
        Role::Suggestion | Role::JsonWord => Color::Magenta,
        Role::Good | Role::Added | Role::JsonText => Color::Green,
        Role::Command | Role::Written => Color::Blue,
        _ => return None,
    })
}

fn contrast(role: Role) -> Color {
    match role {
        Role::Focus | Role::Key | Role::Written => Color::LightYellow,
        Role::Error | Role::Hole | Role::Removed => Color::LightRed,
        Role::Warning | Role::Wildcard | Role::StandIn => Color::LightMagenta,
        Role::Good | Role::Added | Role::Suggestion => Color::LightGreen,
        Role::JsonKey | Role::Command => Color::LightCyan,
        Role::Title | Role::Border | Role::Dim | Role::Punctuation => Color::Gray,
        _ => Color::White,
    }
}

/// Blue for what is, orange for what wants attention; told apart by every kind of eye.
fn blue_orange(role: Role) -> Option<Color> {
    let (blue, pale, orange, amber) =
        (Color::Indexed(33), Color::Indexed(111), Color::Indexed(208), Color::Indexed(214));
    Some(match role {
        Role::Focus | Role::Key | Role::Written | Role::Command => blue,
        Role::JsonKey | Role::JsonText | Role::JsonWord | Role::Good | Role::Added => pale,
        Role::Error | Role::Hole | Role::Removed => orange,
        Role::Warning | Role::Wildcard | Role::StandIn | Role::Suggestion => amber,
        _ => return None,
    })
}
