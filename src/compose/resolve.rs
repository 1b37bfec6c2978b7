//! Every parameter's value: as given, by default, a pattern until it is given, or a hole.
//!
//! Here belongs who is asked what: parameters whose `when` does not hold are not asked and have no
//! value, whatever the blueprint says. Nothing here judges a value.

use std::borrow::Cow;

use super::Managed;
use super::origin::{Origin, Parameter as Named, Use};
use crate::blueprint::{Blueprint, Values, profile_facts};
use crate::catalog::Catalog;
use crate::catalog::capability::{Capability, Parameter, Wanted, When};
use crate::catalog::few::Few;
use crate::catalog::kinds::{Context, Given, Kind, Profile, Texts, kind};
use crate::catalog::template::{Piece, Reference, Template};

/// The values of a blueprint, ready for templates.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The blueprint.
    pub blueprint: &'a Blueprint,
    /// What its profile responses say.
    pub profiles: Vec<Profile>,
    partition: Cow<'a, str>,
    /// The instances of known capabilities, in canonical order.
    pub uses: Vec<UseOf<'a>>,
    subjects: Vec<Owner<'a>>,
}

/// One instance of a ticked capability.
#[derive(Debug)]
pub struct UseOf<'a> {
    /// Where it stands in the blueprint.
    pub at: Use,
    /// The capability.
    pub capability: &'a Capability,
    /// Its place in the catalog's order.
    pub position: usize,
    /// Its values.
    pub owner: Owner<'a>,
}

/// Parameters with their values.
#[derive(Debug)]
pub struct Owner<'a> {
    /// The subject's name; empty for an instance.
    pub subject: &'a str,
    /// The parameters.
    pub parameters: &'a [Parameter],
    states: Vec<State<'a>>,
}

/// What a parameter has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// Values, given or by default.
    Values(Few<Cow<'a, str>>),
    /// A pattern stands for it until it is given.
    Open(&'a str),
    /// Asked, needed and not given.
    Hole,
    /// Asked, optional and not given.
    Absent,
    /// Not asked.
    NotAsked,
}

impl<'a> Owner<'a> {
    /// A parameter and its state.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<(&'a Parameter, &State<'a>)> {
        let at = self.parameters.iter().position(|parameter| parameter.name == name)?;
        Some((self.parameters.get(at)?, self.states.get(at)?))
    }

    /// The values of the parameter that refines another one.
    #[must_use]
    pub fn refinements(&self, of: &str) -> &[Cow<'a, str>] {
        let at = self.parameters.iter().position(|parameter| parameter.refines.as_deref() == Some(of));
        match at.and_then(|at| self.states.get(at)) {
            Some(State::Values(values)) => values,
            _ => &[],
        }
    }

    /// The names of required parameters that are not given.
    pub fn holes(&self) -> impl Iterator<Item = &'a Parameter> {
        self.parameters.iter().zip(&self.states).filter(|(_, state)| **state == State::Hole).map(|(p, _)| p)
    }
}

impl<'a> Resolved<'a> {
    /// Resolves every value of a blueprint.
    #[must_use]
    pub fn new(catalog: &'a Catalog, blueprint: &'a Blueprint) -> Self {
        let partition = match (&blueprint.scope.partition, &blueprint.scope.region) {
            (Some(given), _) => Cow::Borrowed(given.as_str()),
            (None, Some(region)) => {
                Cow::Borrowed(catalog.reference().regions().partition_of(region).unwrap_or("aws"))
            }
            (None, None) => Cow::Borrowed("aws"),
        };
        let profiles = blueprint.profiles.iter().filter_map(profile_facts).collect();
        let mut this =
            Self { catalog, blueprint, profiles, partition, uses: Vec::new(), subjects: Vec::new() };
        for subject in catalog.subjects() {
            let owner = this.owner(&subject.id, &subject.parameters, blueprint.subject(&subject.id), &[]);
            this.subjects.push(owner);
        }
        for (tick, ticked) in blueprint.ticks.iter().enumerate() {
            let Some(position) = catalog.capability_position(&ticked.capability) else { continue };
            let Some(capability) = catalog.capability_at(position) else { continue };
            for (instance, given) in ticked.instances.iter().enumerate() {
                let owner = this.owner("", &capability.parameters, Some(&given.values), &capability.one_of);
                this.uses.push(UseOf { at: Use { tick, instance }, capability, position, owner });
            }
        }
        this.uses.sort_by_key(|one| (one.position, one.at));
        this
    }

    /// What kinds may look at, without anything about one parameter.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        let scope = &self.blueprint.scope;
        let given = |value: &'a Option<String>, name| match value {
            Some(value) => Given::Value(value.as_str()),
            None => Given::Hole(name),
        };
        let flow = self.subject("flow");
        let flow = flow.and_then(|owner| owner.find("id")).map(|(parameter, state)| match state {
            State::Values(values) => Given::Value(values.first().map_or("", |v| v.as_ref())),
            State::Open(pattern) => Given::Open(pattern),
            _ => Given::Hole(parameter.full_name()),
        });
        Context {
            partition: Given::Value(&self.partition),
            region: given(&scope.region, "scope.region"),
            account: given(&scope.account, "scope.account"),
            flow: flow.unwrap_or(Given::Hole("flow.id")),
            refinements: &[],
            profiles: &self.profiles,
            choices: &[],
            regions: self.catalog.reference().regions(),
        }
    }

    /// A subject's values.
    #[must_use]
    pub fn subject(&self, id: &str) -> Option<&Owner<'a>> {
        self.subjects.iter().find(|owner| owner.subject == id)
    }

    fn owner(
        &self,
        subject: &'a str,
        parameters: &'a [Parameter],
        values: Option<&'a Values>,
        one_of: &[Vec<String>],
    ) -> Owner<'a> {
        let mut states = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let state = self.state(parameter, parameters, values, 0);
            // A subject is asked only where something speaks of it, and then it is needed.
            states.push(if state == State::Absent && !subject.is_empty() { State::Hole } else { state });
        }
        for group in one_of {
            let absent = |name: &String| {
                let at = parameters.iter().position(|p| p.name == *name);
                at.and_then(|at| states.get(at)).is_none_or(|state| *state == State::Absent)
            };
            let first = group.first().and_then(|name| parameters.iter().position(|p| p.name == *name));
            if group.iter().all(absent)
                && let Some(state) = first.and_then(|at| states.get_mut(at))
            {
                *state = State::Hole;
            }
        }
        Owner { subject, parameters, states }
    }

    fn state(
        &self,
        parameter: &'a Parameter,
        all: &'a [Parameter],
        values: Option<&'a Values>,
        depth: usize,
    ) -> State<'a> {
        let asked = parameter.when.iter().all(|(reference, wanted)| {
            let Some(other) = all.iter().find(|other| other.name == reference.name) else { return false };
            let state = if depth < 4 { self.state(other, all, values, depth + 1) } else { State::Absent };
            self.holds(other, &state, reference.facet.as_deref(), wanted)
        });
        if !asked {
            return State::NotAsked;
        }
        let texts: Few<Cow<'a, str>> = values
            .map(|values| values.texts(parameter.name).map(Cow::Borrowed).collect())
            .unwrap_or_default();
        if !texts.is_empty() {
            return State::Values(texts);
        }
        if let Some(default) = &parameter.default {
            return self.default_of(default).map_or(State::Hole, |text| State::Values(Few::One(text)));
        }
        match &parameter.until_given {
            Some(pattern) => State::Open(pattern),
            None if parameter.required => State::Hole,
            None => State::Absent,
        }
    }

    /// A default's text; `None` when the scope it names is not given.
    fn default_of(&self, template: &'a Template) -> Option<Cow<'a, str>> {
        if let Some(plain) = template.plain() {
            return Some(Cow::Borrowed(plain));
        }
        let scope = &self.blueprint.scope;
        let mut out = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Reference(reference) if reference.name == "scope" => {
                    out.push_str(match reference.facet.as_deref() {
                        Some("region") => scope.region.as_ref()?,
                        Some("account") => scope.account.as_ref()?,
                        _ => &self.partition,
                    });
                }
                _ => return None,
            }
        }
        Some(Cow::Owned(out))
    }

    /// True when a value is what a `when` wants.
    #[must_use]
    pub fn holds(
        &self,
        parameter: &Parameter,
        state: &State<'_>,
        facet: Option<&str>,
        wanted: &Wanted,
    ) -> bool {
        let values: &[Cow<'_, str>] = match state {
            State::Values(values) => values,
            _ => &[],
        };
        let one = |wanted: &str| match wanted {
            "given" => !values.is_empty(),
            "absent" => values.is_empty(),
            wanted => values.iter().any(|value| self.facet_is(parameter, value, facet, wanted)),
        };
        match wanted {
            Wanted::One(wanted) => one(wanted),
            Wanted::Any(list) => list.iter().any(|wanted| one(wanted)),
        }
    }

    fn facet_is(&self, parameter: &Parameter, value: &str, facet: Option<&str>, wanted: &str) -> bool {
        let Some(facet) = facet else { return value == wanted };
        let Some(kind) = kind(&parameter.kind) else { return false };
        let mut out = Texts::default();
        (kind.fill)(facet, Given::Value(value), &self.context(), &mut out);
        out.iter().any(|text| text.as_str() == wanted)
    }

    /// True when a `when` of a grant or step holds. Names are parameters of `own`, `each:…` for those
    /// of `each`, or subjects.
    #[must_use]
    pub fn when(&self, when: &When, own: Option<&Owner<'a>>, each: Option<&Owner<'a>>) -> bool {
        when.iter().all(|(reference, wanted)| {
            let found = self.lookup(reference, own, each);
            found.is_some_and(|(_, parameter, state)| {
                self.holds(parameter, state, reference.facet.as_deref(), wanted)
            })
        })
    }

    /// The parameter a reference names, with its owner.
    #[must_use]
    pub fn lookup<'r>(
        &'r self,
        reference: &Reference,
        own: Option<&'r Owner<'a>>,
        each: Option<&'r Owner<'a>>,
    ) -> Option<(&'r Owner<'a>, &'a Parameter, &'r State<'a>)> {
        let name = reference.name.as_str();
        let of = |owner: &'r Owner<'a>, name: &str| {
            owner.find(name).map(|(parameter, state)| (owner, parameter, state))
        };
        match reference.parameter.as_deref() {
            Some(parameter) if name == "each" => of(each?, parameter),
            parameter => {
                let own = own.filter(|_| parameter.is_none()).and_then(|own| of(own, name));
                own.or_else(|| {
                    let owner = self.subject(name)?;
                    of(owner, parameter.or(owner.parameters.first().map(|first| first.name))?)
                })
            }
        }
    }

    /// The AWS policies that ticks ask for.
    #[must_use]
    pub fn managed(&self) -> Vec<Managed> {
        let all = self.uses.iter().flat_map(|one| {
            one.capability.attaches.iter().map(|attachment| Managed {
                policy: attachment.policy.clone(),
                capability: one.capability.id.clone(),
            })
        });
        let mut out: Vec<Managed> = Vec::new();
        for managed in all {
            if !out.contains(&managed) {
                out.push(managed);
            }
        }
        out
    }

    /// Every required parameter of a ticked instance that is not given.
    #[must_use]
    pub fn missing(&self) -> Vec<Origin> {
        let holes = self.uses.iter().flat_map(|one| {
            one.owner.holes().map(|parameter| Origin {
                by: one.at,
                with: None,
                parameter: Some(Named::Own(parameter.name)),
            })
        });
        holes.collect()
    }

    /// The kind and the values of one parameter as templates meet them.
    pub(super) fn givens<'r>(
        state: &'r State<'a>,
        parameter: &'r Parameter,
        pinned: bool,
    ) -> impl Iterator<Item = Given<'r>> + use<'r, 'a> {
        let (values, stand_in): (&[Cow<'a, str>], _) = match state {
            State::Values(values) => (values, None),
            State::Open(pattern) if !pinned => (&[], Some(Given::Open(pattern))),
            State::Absent | State::NotAsked => (&[], None),
            State::Open(_) | State::Hole => (&[], Some(Given::Hole(parameter.full_name()))),
        };
        values.iter().map(|value| Given::Value(value)).chain(stand_in)
    }

    /// Fills one facet of one parameter: an entry per value, or several for a facet with several.
    pub(super) fn facet<'g>(
        &self,
        owner: &Owner<'a>,
        parameter: &'a Parameter,
        givens: impl IntoIterator<Item = Given<'g>>,
        facet: Option<&str>,
    ) -> Texts {
        let mut out = Texts::default();
        let found: Option<&Kind> = facet.and_then(|_| kind(&parameter.kind));
        let (Some(facet), Some(kind)) = (facet, found) else {
            givens.into_iter().for_each(|given| out.push(given.text()));
            return out;
        };
        let context = Context {
            refinements: owner.refinements(parameter.name),
            choices: &parameter.choices,
            ..self.context()
        };
        for given in givens {
            (kind.fill)(facet, given, &context, &mut out);
        }
        out
    }
}
