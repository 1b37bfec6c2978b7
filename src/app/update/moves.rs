//! Moving carets and focus; the filter; going back.

use crate::app::change::Owner;
use crate::app::explain;
use crate::app::key::{Code, Key};
use crate::app::keys;
use crate::app::layout::areas;
use crate::app::preview::{Changed, marks, shown, tabs};
use crate::app::role::Role;
use crate::app::rows::{self, Row, lines, owner, row_of};
use crate::app::scroll::{Move, Scroll};
use crate::app::written::place;
use crate::app::{About, Effect, Filter, Model, PANES, Pane, detail};

pub(super) fn go(model: &mut Model, movement: Move) {
    let areas = areas(model);
    let inside = areas.inside(model, model.focus);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    match model.focus {
        Pane::Checklist => {
            let rows = lines(model);
            model.checklist.scroll.go(movement, rows.len(), height);
            if let Some(line) = rows.get(model.checklist.scroll.caret) {
                model.checklist.row = line.row.clone();
            }
            row_changed(model);
        }
        Pane::Detail => {
            let length = detail::lines(model, width).len();
            model.detail.go(movement, length, height);
        }
        Pane::Preview => {
            let length = shown(model).lines.len();
            model.preview.scroll.go(movement, length, height);
        }
        Pane::Findings => {
            let length = model.derived.findings.len();
            model.findings.go(movement, length, height);
            show_place(model);
        }
    }
}

/// After the checklist's caret moved: the detail starts at its top, the preview shows what it writes.
pub(super) fn row_changed(model: &mut Model) {
    model.about = About::Row;
    model.detail = Scroll::default();
    model.settle_tab();
    let Some(owner) = owner(model, &model.checklist.row) else { return };
    let Some((tab, number)) = place(model, &owner) else { return };
    model.preview.tab = Some(tab);
    show_line(model, number);
}

/// Shows a line of the document in the preview.
fn show_line(model: &mut Model, number: usize) {
    let height = usize::from(areas(model).inside(model, Pane::Preview).height);
    let (row, length) = {
        let page = shown(model);
        (page.row_of(number), page.lines.len())
    };
    model.preview.scroll.jump(row, length, height);
}

/// After a value changed: the preview shows a line that changed, unless one is in sight already.
pub(super) fn show_change(model: &mut Model) {
    let height = usize::from(areas(model).inside(model, Pane::Preview).height);
    let (marks, length) = {
        let now = shown(model);
        (marks(model, &now), now.lines.len())
    };
    let top = model.preview.scroll.top;
    let is_changed = |(_, mark): &(usize, &Changed)| mark.added || mark.removed > 0;
    let mut changed = marks.iter().enumerate().filter(is_changed).map(|(at, _)| at).peekable();
    let Some(first) = changed.peek().copied() else { return };
    if !changed.any(|at| (top..top + height).contains(&at)) {
        model.preview.scroll.jump(first, length, height);
    }
}

/// After the caret among the findings moved: the preview shows the place.
fn show_place(model: &mut Model) {
    model.about = About::Finding;
    model.detail = Scroll::default();
    let Some(finding) = model.derived.findings.get(model.findings.caret) else { return };
    let (Some(name), Some(at)) = (&finding.document, &finding.location) else { return };
    let number = at.line;
    model.preview.tab = Some(crate::app::preview::Tab::Document(name.clone()));
    show_line(model, number);
}

pub(super) fn focus(model: &mut Model, pane: Pane) {
    model.focus = pane;
    match pane {
        Pane::Checklist => model.about = About::Row,
        Pane::Detail => {
            if detail::field_under_caret(model).is_none() {
                show_field(model, 0);
            }
        }
        Pane::Preview => model.about = About::Line,
        Pane::Findings => show_place(model),
    }
}

/// The pane some steps further in reading order.
pub(super) fn turn(model: &mut Model, steps: usize) {
    let at = PANES.iter().position(|(pane, _)| *pane == model.focus).unwrap_or(0);
    if let Some((pane, _)) = PANES.get((at + steps) % PANES.len()) {
        focus(model, *pane);
    }
}

pub(super) fn tab(model: &mut Model, forward: bool) {
    let tabs = tabs(&model.derived);
    let at = tabs.iter().position(|tab| Some(tab) == model.preview.tab.as_ref()).unwrap_or(0);
    let next = if forward { at + 1 } else { at + tabs.len().saturating_sub(1) };
    model.preview.tab = tabs.get(next % tabs.len().max(1)).cloned();
    model.preview.scroll = Scroll::default();
}

pub(super) fn left(model: &mut Model) {
    if model.focus != Pane::Checklist {
        return;
    }
    match model.checklist.row.clone() {
        Row::Group(id) => {
            if !model.checklist.closed.contains(&id) {
                model.checklist.closed.push(id);
            }
        }
        Row::Instance(id, _) => model.checklist.row = Row::Capability(id),
        _ => {
            let rows = lines(model);
            let above = rows.get(..model.checklist.scroll.caret).unwrap_or_default();
            if let Some(group) = above.iter().rev().find(|line| matches!(line.row, Row::Group(_))) {
                model.checklist.row = group.row.clone();
            }
        }
    }
    row_changed(model);
}

pub(super) fn right(model: &mut Model) {
    if model.focus != Pane::Checklist {
        return;
    }
    if let Row::Group(id) = &model.checklist.row
        && model.checklist.closed.contains(id)
    {
        let id = id.clone();
        model.checklist.closed.retain(|closed| *closed != id);
        return;
    }
    let rows = lines(model);
    let depth = rows.get(model.checklist.scroll.caret).map(|line| line.depth);
    if let Some(child) = rows.get(model.checklist.scroll.caret + 1).filter(|line| Some(line.depth) > depth) {
        model.checklist.row = child.row.clone();
        row_changed(model);
    }
}

pub(super) fn filter(model: &mut Model) {
    focus(model, Pane::Checklist);
    let text = model.checklist.filter.take().map(|filter| filter.text).unwrap_or_default();
    model.checklist.filter = Some(Filter { text, typing: true });
}

/// A key while the filter is typed.
pub(super) fn filter_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(filter) = &mut model.checklist.filter else { return Vec::new() };
    match key.code {
        Code::Esc => model.checklist.filter = None,
        Code::Enter if filter.text.is_empty() => model.checklist.filter = None,
        Code::Enter | Code::Tab => filter.typing = false,
        Code::Backspace => drop(filter.text.pop()),
        Code::Char('u') if key.ctrl => filter.text.clear(),
        Code::Down | Code::Up => {
            filter.typing = false;
            return keys::lookup(model, key).map(|action| super::perform(model, action)).unwrap_or_default();
        }
        _ => filter.text.extend(key.typed()),
    }
    let rows = lines(model);
    let is_row = |line: &&rows::Line| !matches!(line.row, Row::Group(_));
    let by_title = rows.iter().filter(is_row).find(|line| !line.found.is_empty());
    if let Some(first) = by_title.or_else(|| rows.iter().find(is_row)) {
        model.checklist.row = first.row.clone();
    }
    row_changed(model);
    Vec::new()
}

/// To the next row that can be chosen, the first again behind the last.
pub(super) fn next_match(model: &mut Model, forward: bool) {
    let rows = lines(model);
    let at = model.checklist.scroll.caret;
    let is_row = |line: &&rows::Line| !matches!(line.row, Row::Group(_));
    let (before, after) = rows.split_at(at.min(rows.len()));
    let next = match forward {
        true => after.iter().skip(1).chain(before).find(is_row),
        false => before.iter().rev().chain(after.iter().rev()).find(is_row),
    };
    if let Some(line) = next {
        model.checklist.row = line.row.clone();
        row_changed(model);
    }
}

/// To the first finding about the row under the caret.
pub(super) fn show_findings(model: &mut Model) {
    let (id, instance) = match &model.checklist.row {
        Row::Capability(id) => (Some(id.clone()), None),
        Row::Instance(id, at) => {
            let instance = model.blueprint.tick(id).and_then(|tick| tick.instances.get(*at));
            (Some(id.clone()), instance.map(|instance| instance.name.clone()))
        }
        _ => (None, None),
    };
    let subject = match &model.checklist.row {
        Row::Scope => Some("scope".to_owned()),
        Row::Subject(id) => Some(id.clone()),
        _ => None,
    };
    let at = model.derived.findings.iter().position(|finding| {
        let cause = &finding.cause;
        let shared = cause.parameter.as_deref().and_then(|name| name.split_once('.')).map(|(owner, _)| owner);
        match &subject {
            Some(subject) => shared == Some(subject),
            None => cause.capability == id && (instance.is_none() || cause.instance == instance),
        }
    });
    match at {
        Some(at) => {
            model.findings.caret = at;
            focus(model, Pane::Findings);
        }
        None => model.say(Role::Good, "nothing is wrong with this row"),
    }
}

/// Puts the checklist's caret on the row of an owner, the detail on its parameter.
pub(super) fn jump(model: &mut Model, owner: &Owner, parameter: Option<&str>) {
    let row = row_of(model, owner);
    if !lines(model).iter().any(|line| line.row == row) {
        model.checklist.filter = None;
        model.checklist.closed.clear();
    }
    model.checklist.row = row;
    row_changed(model);
    model.settle();
    let fields = detail::shown_fields(model);
    let field = parameter.and_then(|name| fields.iter().position(|field| field.name == name));
    let Some(field) = field else { return focus(model, Pane::Checklist) };
    model.focus = Pane::Detail;
    show_field(model, field);
}

/// Changes how much room there is. Lines break elsewhere then; the detail's caret stays on its field.
pub(super) fn on_the_same_field(model: &mut Model, change: impl FnOnce(&mut Model)) {
    let first = |lines: &[detail::Line], field| lines.iter().position(|line| line.field == Some(field));
    let lines = detail::shown(model);
    let field = lines.get(model.detail.caret).and_then(|line| line.field);
    let place = field.and_then(|field| Some((field, model.detail.caret - first(&lines, field)?)));
    change(model);
    let Some((field, further)) = place else { return };
    let lines = detail::shown(model);
    if let Some(line) = first(&lines, field) {
        let is_its = |at: &usize| lines.get(*at).is_some_and(|line| line.field == Some(field));
        model.detail.caret = (line..=line + further).rev().find(is_its).unwrap_or(line);
    }
}

/// Puts the detail's caret on a field, by position; where there is none, it stays.
pub(super) fn show_field(model: &mut Model, field: usize) {
    let height = usize::from(areas(model).inside(model, Pane::Detail).height);
    let lines = detail::shown(model);
    if let Some(line) = lines.iter().position(|line| line.field == Some(field)) {
        model.detail.jump(line, lines.len(), height);
    }
}

pub(super) fn scope(model: &mut Model) {
    let first = if model.blueprint.scope.region.is_some() && model.blueprint.scope.account.is_none() {
        "account"
    } else {
        "region"
    };
    jump(model, &Owner::Scope, Some(first));
    super::values::enter(model);
}

/// To what wrote the line under the preview's caret.
pub(super) fn to_source(model: &mut Model) {
    let page = shown(model);
    let caret = model.preview.scroll.caret;
    let below = page.lines.iter().skip(caret).take(6).find_map(|line| line.leaf);
    let leaf = below.or_else(|| page.lines.iter().take(caret).rev().find_map(|line| line.leaf));
    match leaf.and_then(|leaf| explain::source(model, leaf)) {
        Some((owner, parameter)) => jump(model, &owner, parameter.as_deref()),
        None => model.say(Role::Warning, "no row wrote this line: it belongs to the form of the document"),
    }
}

/// Back by exactly one level: the filter, the zoom, then the checklist.
pub(super) fn back(model: &mut Model) {
    if model.editing.is_some() {
        super::values::leave(model);
    } else if model.overlay.is_some() {
        model.overlay = None;
    } else if model.checklist.filter.is_some() && model.focus == Pane::Checklist {
        model.checklist.filter = None;
    } else if model.zoomed {
        model.zoomed = false;
    } else if model.focus != Pane::Checklist {
        focus(model, Pane::Checklist);
    } else {
        model.say(Role::Dim, "this is the top: q quits, ? shows the keys");
    }
}
