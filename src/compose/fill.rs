//! Filling templates: a template and its values give texts, each with the parameters it shows.

use std::borrow::Cow;

use super::origin::Parameter as Shown;
use super::resolve::{Owner, Resolved};
use crate::catalog::capability::Kept;
use crate::catalog::capability::Parameter;
use crate::catalog::few::Few;
use crate::catalog::kinds::{Given, Texts};
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
    pub(super) calls: &'a [&'static str],
    /// Plain names: the document's and its file's.
    pub(super) names: &'r [(&'static str, &'r str)],
    /// True where a pattern must not stand for a value that is not given.
    pub(super) pinned: bool,
}

/// The parameters that a text shows, each once.
pub(super) type Shows = Few<Shown>;

/// What a reference stands for.
#[derive(Debug)]
pub(super) enum Found<'r> {
    /// One value, as it is.
    Given(Given<'r>),
    /// The texts that its facet gives.
    Texts(Texts),
}

/// A filled text and the parameters it shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    pub(super) text: Text,
    pub(super) shows: Shows,
}

impl Filled {
    fn show(&mut self, more: &Shows) {
        for show in more {
            if !self.shows.contains(show) {
                self.shows.push(*show);
            }
        }
    }

    /// Makes room for what follows, before the first piece.
    fn begin(&mut self) {
        if self.text.is_empty() {
            self.text = Text::roomy();
        }
    }

    fn append(&mut self, text: Text) {
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text.push_text(&text);
        }
    }
}

/// Fills a template: one text, several when a value has several, none when a value that is not in
/// brackets has none.
pub(super) fn fill<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    template: &'a Template,
    frame: &Frame<'r, 'a>,
) -> Few<Filled> {
    pieces(resolved, &template.pieces, frame, false)
}

fn pieces<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    list: &'a [Piece],
    frame: &Frame<'r, 'a>,
    optional: bool,
) -> Few<Filled> {
    let mut out = Few::One(Filled::default());
    for piece in list {
        match piece {
            Piece::Text(text) => {
                for filled in out.iter_mut() {
                    filled.begin();
                    filled.text.push_str(text);
                }
            }
            Piece::Reference(reference) => {
                let (found, shows) = values(resolved, reference, frame);
                let hole = match &found {
                    Found::Given(given) => matches!(given, Given::Hole(..)),
                    Found::Texts(texts) => texts.iter().any(|text| !text.holes().is_empty()),
                };
                match found {
                    _ if optional && hole => return Few::default(),
                    Found::Given(given) => {
                        for filled in out.iter_mut() {
                            filled.begin();
                            given.push_to(&mut filled.text);
                            filled.show(&shows);
                        }
                    }
                    Found::Texts(texts) if texts.is_empty() => return Few::default(),
                    Found::Texts(texts) => out = combine(out, texts, &shows),
                }
            }
            Piece::Optional(inner) => {
                let found = pieces(resolved, inner, frame, true);
                if let [one] = &*found {
                    for filled in out.iter_mut() {
                        filled.append(one.text.clone());
                        filled.show(&one.shows);
                    }
                }
            }
        }
    }
    out
}

/// Every text so far with every value appended.
fn combine(mut so_far: Few<Filled>, mut texts: Texts, shows: &Shows) -> Few<Filled> {
    if let ([filled], [text]) = (&mut *so_far, &mut *texts) {
        filled.append(std::mem::take(text));
        filled.show(shows);
        return so_far;
    }
    let mut out = Vec::with_capacity(so_far.len() * texts.len());
    for filled in &so_far {
        for text in &texts {
            let mut copy = filled.clone();
            copy.append(text.clone());
            copy.show(shows);
            out.push(copy);
        }
    }
    Few::Many(out)
}

/// What a reference stands for and the parameters it shows.
pub(super) fn values<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    reference: &Reference,
    frame: &Frame<'r, 'a>,
) -> (Found<'r>, Shows) {
    let nothing = || (Found::Texts(Texts::default()), Shows::default());
    let facet = reference.facet.as_deref();
    match (reference.name.as_str(), facet) {
        ("scope", facet) => return scope(resolved, facet),
        ("calls", None) => {
            let calls = frame.calls.iter().map(|call| Text::fixed(*call)).collect();
            return (Found::Texts(Few::Many(calls)), Shows::default());
        }
        ("it", facet) => return it(resolved, facet, frame),
        (name, None) if !frame.names.is_empty() => {
            if let Some((_, text)) = frame.names.iter().find(|(known, _)| *known == name) {
                return (Found::Texts(Few::One(Text::new(*text))), Shows::default());
            }
        }
        _ => {}
    }
    let Some((owner, parameter, state)) = resolved.lookup(reference, frame.own, frame.each) else {
        return nothing();
    };
    let show = match (owner.subject, reference.name.as_str()) {
        ("", "each") => Shown::Other(parameter.name),
        ("", _) => Shown::Own(parameter.name),
        _ => Shown::Shared(parameter.shared_name),
    };
    let mut givens = Resolved::givens(state, parameter, frame.pinned);
    let found = match (facet, givens.next(), givens.next()) {
        (None, Some(one), None) => Found::Given(one),
        (_, first, second) => {
            let all = first.into_iter().chain(second).chain(givens);
            Found::Texts(resolved.facet(owner, parameter, all, facet))
        }
    };
    (found, Few::One(show))
}

/// The value that a document or a kind's statements belong to. The models behind it also show the
/// parameters that refine it.
fn it<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    facet: Option<&str>,
    frame: &Frame<'r, 'a>,
) -> (Found<'r>, Shows) {
    let Some((owner, parameter, given)) = frame.it else {
        return (Found::Texts(Texts::default()), Shows::default());
    };
    let show = |name: Kept| if frame.it_is_each { Shown::Other(name) } else { Shown::Own(name) };
    let mut shows = Few::One(show(parameter.name));
    if facet == Some("models") && !owner.refinements(parameter.name).is_empty() {
        let refining = owner.parameters.iter().filter(|p| p.refines.as_deref() == Some(parameter.name));
        refining.for_each(|other| shows.push(show(other.name)));
    }
    let found = match facet {
        None => Found::Given(given),
        facet => Found::Texts(resolved.facet(owner, parameter, [given], facet)),
    };
    (found, shows)
}

fn scope<'r>(resolved: &'r Resolved<'_>, facet: Option<&str>) -> (Found<'r>, Shows) {
    let context = resolved.context();
    let (given, name) = match facet {
        Some("region") => (context.region, "scope.region"),
        Some("account") => (context.account, "scope.account"),
        Some("region-sid") => {
            let region = context.region.value().unwrap_or_default();
            let letters: String = region.chars().filter(char::is_ascii_alphanumeric).collect();
            return (Found::Texts(Few::One(Text::new(letters))), Few::One(Shown::Shared("scope.region")));
        }
        _ => (context.partition, "scope.partition"),
    };
    (Found::Given(given), Few::One(Shown::Shared(name)))
}

/// The first text a template gives, as plain characters.
pub(super) fn plain<'r, 'a: 'r>(
    resolved: &'r Resolved<'a>,
    template: &'a Template,
    frame: &Frame<'r, 'a>,
) -> Option<Cow<'static, str>> {
    if let Some(text) = template.plain_text() {
        return Some(text);
    }
    fill(resolved, template, frame).into_iter().next().map(|filled| filled.text.into_chars())
}
