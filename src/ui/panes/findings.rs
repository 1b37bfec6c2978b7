//! The findings: severity, code, title and fix of each.

use ratatui::layout::Rect;

use crate::app::detail::role_of;
use crate::app::findings::{fix, title};
use crate::app::mouse::Spot;
use crate::app::role::{Role, Words};
use crate::app::wrap::wrap;
use crate::app::{Model, Pane};
use crate::lint::Finding;
use crate::ui::pen::Pen;
use crate::ui::{listed, row_of};

/// Draws it; the line of the caret and the number of lines come back.
pub(super) fn draw(model: &Model, area: Rect, focused: bool, pen: &mut Pen<'_, '_>) -> (usize, usize, usize) {
    let findings = &model.derived.findings;
    if findings.is_empty() {
        let is_open = model.derived.bundle.documents.iter().any(|document| document.attach_to.contains('<'));
        let (role, words) = match (model.blueprint.ticks.is_empty(), is_open) {
            (true, _) => (Role::Dim, "Nothing is ticked yet. What is wrong with a policy is told here."),
            (false, true) => (
                Role::Good,
                "Nothing is wrong in the documents. Who they are for is not given yet: see `Where and who`.",
            ),
            (false, false) => (Role::Good, "Nothing is wrong: the documents are ready to be used."),
        };
        for (at, line) in wrap(words, usize::from(area.width)).into_iter().enumerate() {
            if let Some(row) = row_of(area, at) {
                pen.line(row, &Words::new(role, line));
            }
        }
    }
    let (caret, height) = (model.findings.caret, usize::from(area.height));
    let width = usize::from(area.width).saturating_sub(2);
    // As many findings above the caret's as fit with it into the pane.
    let (mut first, mut room) = (caret, height);
    while let Some(finding) = findings.get(first) {
        let length = lines(model, finding, width).len();
        if length > room && first < caret {
            first += 1;
            break;
        }
        room = room.saturating_sub(length);
        match first.checked_sub(1) {
            Some(before) => first = before,
            None => break,
        }
    }
    let mut at = 0;
    for (index, finding) in findings.iter().enumerate().skip(first) {
        if at >= height {
            break;
        }
        for (part, words) in lines(model, finding, width).iter().enumerate() {
            let Some(row) = row_of(area, at) else { break };
            pen.spot(row, Spot::Line(Pane::Findings, index));
            listed(pen, row, index == caret && part == 0, focused, words);
            at += 1;
        }
    }
    // Whether all of them fit needs to be known, not how many lines there are.
    let mut all = 0;
    for finding in findings {
        all += lines(model, finding, width).len();
        if all > height {
            break;
        }
    }
    (caret, findings.len(), all)
}

/// The lines of one finding.
fn lines(model: &Model, finding: &Finding, width: usize) -> Vec<Words> {
    let (word, code) = match finding.is_hole() {
        true => ("missing", ""),
        false => (finding.severity.word(), finding.code),
    };
    let head = format!("{} ", format!("{word} {code}").trim_end().to_owned() + ":");
    let text = wrap(&format!("{head}{}", title(model, finding)), width);
    let mut out: Vec<Words> = Vec::new();
    for (at, line) in text.iter().enumerate() {
        let rest = line.strip_prefix(head.trim_end()).filter(|_| at == 0);
        out.push(match rest {
            Some(rest) => Words::new(role_of(finding.severity), word)
                .and(Role::Dim, if code.is_empty() { ":".to_owned() } else { format!(" {code}:") })
                .and(Role::Text, rest),
            None => Words::new(Role::Text, line),
        });
    }
    let fix = format!("  fix: {}", fix(model, finding));
    out.extend(wrap(&fix, width).into_iter().map(|line| Words::new(Role::Dim, line)));
    out
}
