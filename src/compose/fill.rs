//! Filling templates: a template and its values give texts, each with the parameters it shows.

use super::origin::Parameter as Named;
use super::resolve::{Owner, Resolved};
use crate::catalog::capability::Parameter;
use crate::catalog::kinds::Given;
use crate::catalog::template::{Piece, Reference, Template};
use crate::policy::tree::Text;

/// The values that a template's names mean at one place.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame<'r, 'a> {
    /// The parameters of the instance that writes.
    pub(super) own: Option<&'r Owner<'a>>,
    /// Those of the instance that `each:` means.
    pub(super) each: Option<&'r Owner<'a>>,
    /// The value that `it` means: its owner, its parameter and the value itself.
    pub(super) it: Option<(&'r Owner<'a>, &'a Parameter, Given<'r>)>,
    /// True when `it` is a parameter of `each`.
    pub(super) it_is_each: bool,
    /// The IAM actions that `calls` means.
    pub(super) calls: &'r [String],
    /// Plain names: the document's and its file's.
    pub(super) names: &'r [(&'static str, &'r str)],
    /// True where a pattern must not stand for a value that is not given.
    pub(super) pinned: bool,
}

/// A filled text and the parameters it shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    pub(super) text: Text,
    pub(super) shows: Vec<Named>,
}

impl Filled {
    fn show(&mut self, more: &[Named]) {
        for named in more {
            if !self.shows.contains(named) {
                self.shows.push(named.clone());
            }
        }
    }
}

/// Fills a template: one text, several when a value has several, none when a value that is not in
/// brackets has none.
pub(super) fn fill<'a>(
    resolved: &Resolved<'a>,
    template: &'a Template,
    frame: &Frame<'_, 'a>,
) -> Vec<Filled> {
    pieces(resolved, &template.pieces, frame, false)
}

fn pieces<'a>(
    resolved: &Resolved<'a>,
    list: &'a [Piece],
    frame: &Frame<'_, 'a>,
    optional: bool,
) -> Vec<Filled> {
    let mut out = vec![Filled::default()];
    for piece in list {
        match piece {
            Piece::Text(text) => out.iter_mut().for_each(|filled| filled.text.push_str(text)),
            Piece::Reference(reference) => {
                let (texts, shows) = values(resolved, reference, frame);
                let hole = texts.iter().any(|text| !text.holes().is_empty());
                if texts.is_empty() || (optional && hole) {
                    return Vec::new();
                }
                out = combine(out, &texts, &shows);
            }
            Piece::Optional(inner) => {
                let found = pieces(resolved, inner, frame, true);
                if let [one] = found.as_slice() {
                    for filled in &mut out {
                        filled.text.push_text(&one.text);
                        filled.show(&one.shows);
                    }
                }
            }
        }
    }
    out
}

/// Every text so far with every value appended.
fn combine(mut so_far: Vec<Filled>, texts: &[Text], shows: &[Named]) -> Vec<Filled> {
    let append = |filled: &mut Filled, text: &Text| {
        filled.text.push_text(text);
        filled.show(shows);
    };
    if let [one] = texts {
        for filled in &mut so_far {
            append(filled, one);
        }
        return so_far;
    }
    let mut out = Vec::with_capacity(so_far.len() * texts.len());
    for filled in &so_far {
        for text in texts {
            let mut copy = filled.clone();
            append(&mut copy, text);
            out.push(copy);
        }
    }
    out
}

/// The texts of a reference and the parameters they show.
fn values<'a>(
    resolved: &Resolved<'a>,
    reference: &Reference,
    frame: &Frame<'_, 'a>,
) -> (Vec<Text>, Vec<Named>) {
    let facet = reference.facet.as_deref();
    match (reference.name.as_str(), facet) {
        ("scope", facet) => return scope(resolved, facet),
        ("calls", None) => return (frame.calls.iter().map(Text::new).collect(), Vec::new()),
        ("it", facet) => {
            let Some((owner, parameter, given)) = frame.it else { return (Vec::new(), Vec::new()) };
            let shown = if frame.it_is_each { Named::Other } else { Named::Own };
            let mut shows = vec![shown(parameter.name.clone())];
            for other in owner.parameters.iter().filter(|p| p.refines.as_ref() == Some(&parameter.name)) {
                shows.push(shown(other.name.clone()));
            }
            let shows = if matches!(facet, Some("models")) { shows } else { shows.drain(..1).collect() };
            return (resolved.facet(owner, parameter, &[given], facet), shows);
        }
        (name, None) if frame.names.iter().any(|(known, _)| *known == name) => {
            let found = frame.names.iter().find(|(known, _)| *known == name);
            return (found.map(|(_, text)| Text::new(*text)).into_iter().collect(), Vec::new());
        }
        _ => {}
    }
    let Some((owner, parameter, state, label)) = resolved.lookup(reference, frame.own, frame.each) else {
        return (Vec::new(), Vec::new());
    };
    let named = match (owner.subject, reference.name.as_str()) {
        ("", "each") => Named::Other(parameter.name.clone()),
        ("", _) => Named::Own(parameter.name.clone()),
        _ => Named::Shared(label.1.clone()),
    };
    let givens = Resolved::givens(state, label, frame.pinned);
    (resolved.facet(owner, parameter, &givens, facet), vec![named])
}

fn scope(resolved: &Resolved<'_>, facet: Option<&str>) -> (Vec<Text>, Vec<Named>) {
    let context = resolved.context();
    let (text, name) = match facet {
        Some("region") => (context.region.text(), "scope.region"),
        Some("account") => (context.account.text(), "scope.account"),
        Some("region-sid") => {
            let region = context.region.value().unwrap_or_default();
            let letters: String = region.chars().filter(char::is_ascii_alphanumeric).collect();
            (Text::new(letters), "scope.region")
        }
        _ => (context.partition.text(), "scope.partition"),
    };
    (vec![text], vec![Named::Shared(name.into())])
}

/// The first text a template gives, as plain characters.
pub(super) fn plain<'a>(
    resolved: &Resolved<'a>,
    template: &'a Template,
    frame: &Frame<'_, 'a>,
) -> Option<String> {
    fill(resolved, template, frame).first().map(|filled| filled.text.as_str().to_owned())
}
