//! Who wrote a leaf: the table of origins.

use crate::blueprint::Blueprint;
use crate::catalog::capability::Kept;
use crate::policy::tree::OriginId;

/// A tick's instance, by position in the blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Use {
    /// Position of the tick.
    pub tick: usize,
    /// Position of the instance in it.
    pub instance: usize,
}

/// One reason for a leaf: an instance, perhaps together with another tick, and the parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The instance that wrote it.
    pub by: Use,
    /// The other instance without which it would not be there.
    pub with: Option<Use>,
    /// The parameter whose value it shows.
    pub parameter: Option<Parameter>,
}

/// A parameter as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// Of the instance that wrote the leaf.
    Own(Kept),
    /// Of the other instance.
    Other(Kept),
    /// `flow.id`, `scope.region`.
    Shared(Kept),
}

impl Parameter {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Own(name) | Self::Other(name) | Self::Shared(name) => name,
        }
    }
}

impl Origin {
    /// The capability's id.
    #[must_use]
    pub fn capability<'a>(&self, blueprint: &'a Blueprint) -> &'a str {
        blueprint.ticks.get(self.shown().tick).map_or("", |tick| tick.capability.as_str())
    }

    /// The instance's name.
    #[must_use]
    pub fn instance<'a>(&self, blueprint: &'a Blueprint) -> &'a str {
        let at = self.shown();
        let tick = blueprint.ticks.get(at.tick);
        tick.and_then(|tick| tick.instances.get(at.instance)).map_or("", |instance| instance.name.as_str())
    }

    /// The instance to name: the one whose parameter it is.
    fn shown(&self) -> Use {
        match (&self.parameter, self.with) {
            (Some(Parameter::Other(_)), Some(with)) => with,
            _ => self.by,
        }
    }
}

/// The origins met so far. Each instance's own come one after the other, so that looking one up
/// stays short.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) origins: Vec<Origin>,
    window: usize,
}

impl Table {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { origins: Vec::with_capacity(capacity), window: 0 }
    }

    /// Begins another instance.
    pub(super) fn begin(&mut self, by: Use) {
        debug_assert!(!self.origins.iter().any(|origin| origin.by == by), "an instance is written in one go");
        self.window = self.origins.len();
    }

    /// The id of the origin that is like another one, but written by `by`, the present instance.
    pub(super) fn like(&mut self, id: OriginId, by: Use) -> OriginId {
        let parameter = self.origins.get(id as usize).and_then(|origin| origin.parameter);
        self.id(by, None, parameter)
    }

    /// The id of an origin of the present instance.
    pub(super) fn id(&mut self, by: Use, with: Option<Use>, parameter: Option<Parameter>) -> OriginId {
        let wanted = Origin { by, with, parameter };
        let rest = self.origins.get(self.window..).unwrap_or_default();
        match rest.iter().position(|known| *known == wanted) {
            Some(at) => number(self.window + at),
            None => {
                self.origins.push(wanted);
                number(self.origins.len() - 1)
            }
        }
    }
}

fn number(position: usize) -> OriginId {
    OriginId::try_from(position).unwrap_or(OriginId::MAX)
}
