//! Filling templates: a template and its values give texts, each with the parameters it shows.

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

/// A parameter that a text shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show<'r> {
    /// Of the instance that writes.
    Own(&'r str),
    /// Of the other instance.
    Other(&'r str),
    /// Of a subject or the scope.
    Shared(&'r str),
}

/// A filled text and the parameters it shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled<'r> {
    pub(super) text: Text,
    pub(super) shows: Vec<Show<'r>>,
}

impl<'r> Filled<'r> {
    fn show(&mut self, more: &[Show<'r>]) {
        for show in more {
            if !self.shows.contains(show) {
                self.shows.push(*show);
            }
        }
    }

    fn append(&mut self, text: Text, shows: &[Show<'r>]) {
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text.push_text(&text);
        }
        self.show(shows);
    }
}

/// Fills a template: one text, several when a value has several, none when a value that is not in
/// brackets has none.
pub(super) fn fill<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    template: &'a Template,
    frame: &Frame<'r, 'a>,
) -> Vec<Filled<'r>> {
    pieces(resolved, &template.pieces, frame, false)
}

fn pieces<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    list: &'a [Piece],
    frame: &Frame<'r, 'a>,
    optional: bool,
) -> Vec<Filled<'r>> {
    let mut out = vec![Filled::default()];
    for piece in list {
        match piece {
            Piece::Text(text) => {
                for filled in &mut out {
                    if filled.text.is_empty() {
                        filled.text = Text::roomy();
                    }
                    filled.text.push_str(text);
                }
            }
            Piece::Reference(reference) => {
                let (texts, shows) = values(resolved, reference, frame);
                let hole = texts.iter().any(|text| !text.holes().is_empty());
                if texts.is_empty() || (optional && hole) {
                    return Vec::new();
                }
                out = combine(out, texts, &shows);
            }
            Piece::Optional(inner) => {
                let found = pieces(resolved, inner, frame, true);
                if let [one] = found.as_slice() {
                    for filled in &mut out {
                        filled.append(one.text.clone(), &one.shows);
                    }
                }
            }
        }
    }
    out
}

/// Every text so far with every value appended.
fn combine<'r>(mut so_far: Vec<Filled<'r>>, mut texts: Vec<Text>, shows: &[Show<'r>]) -> Vec<Filled<'r>> {
    if let ([filled], [text]) = (so_far.as_mut_slice(), texts.as_mut_slice()) {
        filled.append(std::mem::take(text), shows);
        return so_far;
    }
    let mut out = Vec::with_capacity(so_far.len() * texts.len());
    for filled in &so_far {
        for text in &texts {
            let mut copy = filled.clone();
            copy.append(text.clone(), shows);
            out.push(copy);
        }
    }
    out
}

/// The texts of a reference and the parameters they show.
pub(super) fn values<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    reference: &Reference,
    frame: &Frame<'r, 'a>,
) -> (Vec<Text>, Vec<Show<'r>>) {
    let facet = reference.facet.as_deref();
    match (reference.name.as_str(), facet) {
        ("scope", facet) => return scope(resolved, facet),
        ("calls", None) => return (frame.calls.iter().map(Text::new).collect(), Vec::new()),
        ("it", facet) => return it(resolved, facet, frame),
        (name, None) if frame.names.iter().any(|(known, _)| *known == name) => {
            let found = frame.names.iter().find(|(known, _)| *known == name);
            return (found.map(|(_, text)| Text::new(*text)).into_iter().collect(), Vec::new());
        }
        _ => {}
    }
    let Some((owner, parameter, state, label)) = resolved.lookup(reference, frame.own, frame.each) else {
        return (Vec::new(), Vec::new());
    };
    let show = match (owner.subject, reference.name.as_str()) {
        ("", "each") => Show::Other(&parameter.name),
        ("", _) => Show::Own(&parameter.name),
        _ => Show::Shared(&label.1),
    };
    let givens = Resolved::givens(state, label, frame.pinned);
    (resolved.facet(owner, parameter, givens, facet), vec![show])
}

/// The value that a document or a kind's statements belong to. The models behind it also show the
/// parameters that refine it.
fn it<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    facet: Option<&str>,
    frame: &Frame<'r, 'a>,
) -> (Vec<Text>, Vec<Show<'r>>) {
    let Some((owner, parameter, given)) = frame.it else { return (Vec::new(), Vec::new()) };
    let show = |name: &'r str| if frame.it_is_each { Show::Other(name) } else { Show::Own(name) };
    let mut shows = vec![show(&parameter.name)];
    if facet == Some("models") {
        let refining = owner.parameters.iter().filter(|p| p.refines.as_ref() == Some(&parameter.name));
        let given = refining.filter(|_| !owner.refinements(&parameter.name).is_empty());
        shows.extend(given.map(|other| show(&other.name)));
    }
    (resolved.facet(owner, parameter, [given], facet), shows)
}

fn scope<'r>(resolved: &Resolved<'_>, facet: Option<&str>) -> (Vec<Text>, Vec<Show<'r>>) {
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
    (vec![text], vec![Show::Shared(name)])
}

/// The first text a template gives, as plain characters.
pub(super) fn plain<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    template: &'a Template,
    frame: &Frame<'r, 'a>,
) -> Option<String> {
    if let Some(text) = template.plain() {
        return Some(text.to_owned());
    }
    fill(resolved, template, frame).first().map(|filled| filled.text.as_str().to_owned())
}
