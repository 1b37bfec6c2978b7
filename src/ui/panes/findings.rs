//! The findings: severity, code and title, one line each.

use ratatui::layout::Rect;

use crate::app::Model;
use crate::app::role::{Role, Words};
use crate::ui::pen::Pen;
use crate::ui::{listed, row_of, severity_role};

pub(super) fn draw(model: &Model, area: Rect, focused: bool, pen: &mut Pen<'_, '_>) {
    let findings = &model.derived.findings;
    if findings.is_empty() {
        let words = match model.blueprint.ticks.is_empty() {
            true => "Nothing is ticked yet. What is wrong with a policy is told here.",
            false => "Nothing is wrong: the documents are ready to be used.",
        };
        pen.line(
            area,
            &Words::new(if model.blueprint.ticks.is_empty() { Role::Dim } else { Role::Good }, words),
        );
    }
    for (at, finding) in findings.iter().enumerate().skip(model.findings.top) {
        let Some(line) = row_of(area, at - model.findings.top) else { break };
        let words = Words::new(severity_role(finding.severity), finding.severity.word())
            .and(Role::Dim, format!(" {} ", finding.code))
            .and(Role::Text, finding.title(model.catalog));
        listed(pen, line, at == model.findings.caret, focused, &words);
    }
}
