//! What every message does: who gets a key, and the change that each action makes.
//!
//! Here belong the way from a message to an action, and the verbs that need no file of their own.
//! Moving is in `moves`, ticking in `ticks`, fields in `values`, overlays in `overlays`, answers of
//! the shell in `answers`.

use super::action::Action;
use super::change::Edit;
use super::key::{Code, Key};
use super::menu::Menu;
use super::role::Role;
use super::{Derived, Effect, Filed, Model, Msg, Overlay, Past, Purpose, THEMES, Theme, Toast, keys};

mod answers;
mod left;
mod mouse;
mod moves;
mod overlays;
mod settle;
mod ticks;
mod values;

/// Changes the model; what the shell must do comes back.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = match msg {
        Msg::Key(key) => pressed(model, key),
        Msg::Mouse(deed, spot) => {
            model.toast = None;
            mouse::did(model, deed, spot)
        }
        Msg::Paste(text) => {
            model.toast = None;
            pasted(model, &text)
        }
        Msg::Resize(width, height) => {
            moves::on_the_same_field(model, |model| model.size = (width, height));
            Vec::new()
        }
        other => answers::answered(model, other),
    };
    model.settle();
    effects
}

fn pressed(model: &mut Model, key: Key) -> Vec<Effect> {
    model.toast = None;
    let tiny = super::layout::areas(model).kind == super::layout::Kind::Tiny;
    if tiny && model.editing.is_none() && model.overlay.is_none() {
        let action = keys::lookup(model, key);
        let alive = matches!(action, Some(Action::Help | Action::Quit | Action::Back | Action::Suspend));
        return if alive {
            action.map(|action| perform(model, action)).unwrap_or_default()
        } else {
            Vec::new()
        };
    }
    if key.ctrl && key.code == Code::Char('c') {
        values::take(model);
        return quit(model, true);
    }
    if model.editing.is_some() {
        return match keys::lookup(model, key) {
            Some(action) => perform(model, action),
            None => {
                values::typed(model, key);
                Vec::new()
            }
        };
    }
    if model.overlay.is_some() {
        return overlays::key(model, key);
    }
    if model.checklist.filter.as_ref().is_some_and(|filter| filter.typing) {
        return moves::filter_key(model, key);
    }
    keys::lookup(model, key).map(|action| perform(model, action)).unwrap_or_default()
}

fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    let told = if model.editing.is_some() {
        values::pasted(model, text);
        None
    } else if let Some(overlay) = &mut model.overlay {
        overlays::pasted(overlay, text)
    } else if let Some(filter) = model.checklist.filter.as_mut().filter(|filter| filter.typing) {
        values::filtered(&mut filter.text, text)
    } else {
        Some("pasted text goes into a field: open one with Enter first".to_owned())
    };
    if let Some(told) = told {
        model.say(Role::Warning, told);
    }
    Vec::new()
}

/// Does what an action asks for, or says why not.
pub fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(why) = keys::refusal(model, action) {
        model.say(Role::Warning, why);
        return Vec::new();
    }
    match action {
        Action::Export => return overlays::export(model, false),
        Action::ExportAll => return overlays::export(model, true),
        Action::Copy => return answers::copy(model),
        Action::CopyCommand => return answers::copy_command(model),
        Action::Save => return overlays::save(model, false),
        Action::Quit => return quit(model, false),
        Action::TakeUp => left::ask(model),
        Action::Theme(theme) => return set_theme(model, theme),
        Action::NextTheme => {
            let at = THEMES.iter().position(|(theme, _)| *theme == model.theme).unwrap_or(0);
            let next = THEMES.get((at + 1) % THEMES.len()).map(|(theme, _)| *theme);
            return set_theme(model, next.unwrap_or_default());
        }
        Action::Ascii => {
            model.ascii = !model.ascii;
            model.settings.ascii = Some(model.ascii);
            return vec![Effect::Settings(model.settings.clone())];
        }
        Action::Mouse => {
            model.mouse = !model.mouse;
            model.settings.mouse = Some(model.mouse);
            model.say(
                Role::Good,
                match model.mouse {
                    true => "mouse on: hold Shift to select text with it",
                    false => "mouse off: the terminal selects text with it",
                },
            );
            return vec![Effect::Settings(model.settings.clone())];
        }
        Action::Suspend => return vec![Effect::Suspend],
        Action::SaveAs => overlays::ask(model, Purpose::SaveAs, false),
        Action::Open => overlays::ask(model, Purpose::Open, false),
        Action::ReadNames => overlays::ask(model, Purpose::Names, false),
        Action::ReadProfile => overlays::ask(model, Purpose::Profile, false),
        Action::Help => {
            let menu = Menu { places: keys::places(model), ..Menu::default() };
            model.overlay = Some(Overlay::Help(menu));
        }
        Action::Palette => {
            let menu = Menu { places: keys::places(model), typing: true, ..Menu::default() };
            model.overlay = Some(Overlay::Palette(menu));
        }
        inner => act(model, inner),
    }
    Vec::new()
}

/// Does what needs neither the shell nor an overlay.
fn act(model: &mut Model, action: Action) {
    match action {
        Action::Go(movement) => moves::go(model, movement),
        Action::Left => moves::left(model),
        Action::Right => moves::right(model),
        Action::Focus(pane) => moves::focus(model, pane),
        Action::NextPane => moves::turn(model, 1),
        Action::PreviousPane => moves::turn(model, 3),
        Action::Zoom => moves::on_the_same_field(model, |model| model.zoomed = !model.zoomed),
        Action::NextTab => moves::tab(model, true),
        Action::PreviousTab => moves::tab(model, false),
        Action::Filter => moves::filter(model),
        Action::NextMatch => moves::next_match(model, true),
        Action::PreviousMatch => moves::next_match(model, false),
        Action::ShowFindings => moves::show_findings(model),
        Action::Scope => moves::scope(model),
        Action::Back => moves::back(model),
        Action::Toggle => ticks::toggle(model),
        Action::TickAll => ticks::all(model, true),
        Action::UntickAll => ticks::all(model, false),
        Action::Add => ticks::add(model),
        Action::Remove => ticks::remove(model),
        Action::Example => ticks::example(model),
        Action::Clear => model.edit(&Edit::Replace("clear everything".to_owned(), Box::default())),
        Action::Undo => undo(model),
        Action::Redo => redo(model),
        Action::Enter => values::enter(model),
        Action::NextHole => values::next_hole(model),
        Action::Accept => values::accept(model, false),
        Action::AcceptNext => values::accept(model, true),
        Action::NewLine => values::new_line(model),
        Action::NextProposal => values::propose(model, true),
        Action::PreviousProposal => values::propose(model, false),
        Action::DismissTip => model.tip = false,
        _ => {}
    }
}

/// Leaves, or asks once when something is not saved. Ctrl-C while the question stands leaves.
fn quit(model: &mut Model, by_interrupt: bool) -> Vec<Effect> {
    let asked = matches!(model.overlay, Some(Overlay::Question(_)));
    if !model.is_modified() {
        return vec![Effect::Quit];
    }
    if asked && by_interrupt {
        return vec![Effect::Leave];
    }
    overlays::ask_to_quit(model);
    Vec::new()
}

fn set_theme(model: &mut Model, theme: Theme) -> Vec<Effect> {
    model.theme = theme;
    model.settings.theme = Some(theme);
    if let Some((_, name)) = THEMES.iter().find(|(known, _)| *known == theme) {
        model.say(Role::Good, format!("theme {name}"));
    }
    vec![Effect::Settings(model.settings.clone())]
}

fn undo(model: &mut Model) {
    if let Some(past) = model.history.undo.pop() {
        let (label, other) = model.turn_to(past);
        model.history.redo.push(other);
        model.say(Role::Good, format!("undone: {label}"));
    }
}

fn redo(model: &mut Model) {
    if let Some(past) = model.history.redo.pop() {
        let (label, other) = model.turn_to(past);
        model.history.undo.push(other);
        model.say(Role::Good, format!("redone: {label}"));
    }
}

impl Model {
    /// Tells something until the next key.
    pub fn say(&mut self, role: Role, text: impl Into<String>) {
        self.toast = Some(Toast { role, text: text.into() });
    }

    /// Changes the blueprint; what was before can be gone back to.
    pub fn edit(&mut self, edit: &Edit) {
        let after = edit.apply(&self.blueprint, &mut self.stash);
        if after == self.blueprint {
            return;
        }
        let blueprint = std::mem::replace(&mut self.blueprint, after);
        let is_other = matches!(edit, Edit::Replace(..));
        let file = is_other.then(|| self.take_up(Filed::default()));
        self.history.undo.push(Past { label: edit.label(self.catalog), blueprint, file });
        self.history.redo.clear();
        self.derive();
        if is_other {
            // Everything is another one: nothing of it is marked as changed.
            self.before = self.derived.clone();
        }
    }

    /// Stands in another file from now on; the one before comes back. Values of ticks that were taken
    /// away belong to what was there before.
    fn take_up(&mut self, other: Filed) -> Filed {
        self.stash.clear();
        self.file(other)
    }

    /// Notes the file that the blueprint stands in; the one before comes back.
    fn file(&mut self, file: Filed) -> Filed {
        self.changes += 1;
        std::mem::replace(&mut self.filed, file)
    }

    /// Goes to a blueprint of before or after; its label, and how to come back.
    fn turn_to(&mut self, past: Past) -> (String, Past) {
        let blueprint = std::mem::replace(&mut self.blueprint, past.blueprint);
        let file = past.file.map(|file| self.take_up(file));
        self.derive();
        (past.label.clone(), Past { label: past.label, blueprint, file })
    }

    /// Makes anew what follows from the blueprint, and keeps what followed before.
    fn derive(&mut self) {
        self.changes += 1;
        let now = Derived::new(self.catalog, &self.blueprint);
        self.before = std::mem::replace(&mut self.derived, now);
    }
}
