//! After every message: carets stay in their lists, what they are on stays in sight.

use crate::app::layout::{Kind, areas};
use crate::app::preview::{Tab, shown, tabs};
use crate::app::rows::lines;
use crate::app::scroll::Scroll;
use crate::app::{About, Model, Pane, detail};

impl Model {
    /// Puts every caret where it can be.
    pub(in crate::app) fn settle(&mut self) {
        self.settle_tab();
        let areas = areas(self);
        if areas.kind == Kind::Tiny {
            return;
        }
        let height = |model: &Self, pane: Pane| usize::from(areas.inside(model, pane).height);
        let rows = lines(self);
        let at = rows.iter().position(|line| line.row == self.checklist.row);
        let at = at.unwrap_or_else(|| self.checklist.scroll.caret.min(rows.len().saturating_sub(1)));
        if let Some(line) = rows.get(at) {
            self.checklist.row = line.row.clone();
        }
        self.checklist.scroll.caret = at;
        let shown_rows = height(self, Pane::Checklist);
        self.checklist.scroll.show(rows.len(), shown_rows);
        let findings = self.derived.findings.len();
        let shown_findings = height(self, Pane::Findings);
        self.findings.show(findings, shown_findings);
        let length = shown(self).lines.len();
        let shown_lines = height(self, Pane::Preview);
        self.preview.scroll.show(length, shown_lines);
        self.settle_detail(usize::from(areas.inside(self, Pane::Detail).width), height(self, Pane::Detail));
    }

    fn settle_detail(&mut self, width: usize, height: usize) {
        let lines = detail::lines(self, width);
        if let Some(editing) = &self.editing {
            let field = detail::shown_fields(self)
                .iter()
                .position(|field| field.owner == editing.field.owner && field.name == editing.field.name);
            let cursor = lines.iter().position(|line| line.cursor.is_some());
            let first = lines.iter().position(|line| line.field.is_some() && line.field == field);
            let last = lines.iter().rposition(|line| line.field.is_some() && line.field == field);
            if let (Some(cursor), Some(first), Some(last)) = (cursor, first, last) {
                let mut top = self.detail.top;
                for caret in [last, first.max(cursor.saturating_sub(1)), cursor] {
                    self.detail = Scroll::at(caret, top);
                    self.detail.show(lines.len(), height);
                    top = self.detail.top;
                }
                return;
            }
        }
        self.detail.show(lines.len(), height);
    }

    /// A tab that is gone gives way to the nearest.
    pub(super) fn settle_tab(&mut self) {
        let tabs = tabs(&self.derived);
        if self.preview.tab.as_ref().is_some_and(|tab| tabs.contains(tab)) {
            return;
        }
        let role = tabs.iter().find(|tab| matches!(tab, Tab::Document(name) if name == "flow-role"));
        let old = std::mem::take(&mut self.preview.tab);
        self.preview.tab = role.or_else(|| tabs.first()).cloned();
        if old.is_some() || self.preview.tab.is_some() {
            self.preview.scroll = Scroll::default();
        }
        if self.about == About::Line && self.focus != Pane::Preview {
            self.about = About::Row;
        }
    }
}
