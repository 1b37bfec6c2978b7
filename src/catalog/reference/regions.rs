//! Partitions and their Regions, and where Bedrock Flows exists.

use serde::Deserialize;

/// Partitions and Regions, from botocore's tables; the Regions with flows from the User Guide.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Regions {
    partitions: Vec<Partition>,
    flows: Flows,
}

/// One partition.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Partition {
    /// `aws`, `aws-us-gov` …
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its Regions, sorted.
    #[serde(borrow)]
    pub regions: Vec<&'static str>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Flows {
    #[serde(borrow)]
    regions: Vec<&'static str>,
}

impl Regions {
    /// True for a known partition's id.
    #[must_use]
    pub fn is_partition(&self, id: &str) -> bool {
        self.partitions.iter().any(|partition| partition.id == id)
    }

    /// The partition a Region belongs to; `None` for a Region that does not exist.
    #[must_use]
    pub fn partition_of(&self, region: &str) -> Option<&str> {
        let found = self.partitions.iter().find(|partition| partition.regions.contains(&region))?;
        Some(found.id)
    }

    /// Every Region's name.
    #[must_use]
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &'static str> {
        self.partitions.iter().flat_map(|partition| partition.regions.iter().copied())
    }

    /// True when Bedrock Flows exists in the Region.
    #[must_use]
    pub fn has_flows(&self, region: &str) -> bool {
        self.flows.regions.contains(&region)
    }

    /// The Regions with flows, sorted.
    #[must_use]
    pub fn with_flows(&self) -> &[&'static str] {
        &self.flows.regions
    }

    /// The partitions.
    #[must_use]
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::reference::Reference;

    #[test]
    fn regions_know_their_partition() {
        let regions = Reference::builtin().regions();
        assert_eq!(regions.partition_of("us-gov-west-1"), Some("aws-us-gov"));
        assert_eq!(regions.partition_of("eu-west-1"), Some("aws"));
        assert_eq!(regions.partition_of("eu-west-9"), None);
        assert_eq!(regions.with_flows().len(), 22);
        assert!(regions.has_flows("us-gov-east-1") && !regions.has_flows("af-south-1"));
        assert!(regions.with_flows().iter().all(|region| regions.partition_of(region).is_some()));
    }
}
