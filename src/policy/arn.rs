//! Amazon Resource Names: `arn:partition:service:region:account:resource`, six fields split at the
//! first five colons. Whether two match is not said here (`access`).

/// An ARN's fields, borrowed from its text. Fields may be empty or hold wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-us-gov`, `aws-cn` …
    pub partition: &'a str,
    /// The service's ARN name, `bedrock`.
    pub service: &'a str,
    /// Region; empty for global resources, S3 and Region-less models.
    pub region: &'a str,
    /// Account of the owner; empty for foundation models and S3.
    pub account: &'a str,
    /// Everything after the fifth colon.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits an ARN. `None` when it does not begin with `arn:` or has fewer than six fields.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut rest = text.strip_prefix("arn:")?;
        let mut field = || {
            let end = rest.bytes().position(|byte| byte == b':')?;
            let (field, after) = rest.split_at_checked(end)?;
            rest = after.get(1..)?;
            Some(field)
        };
        let (partition, service, region, account) = (field()?, field()?, field()?, field()?);
        Some(Self { partition, service, region, account, resource: rest })
    }

    /// The resource part split at its first slash: `agent-alias` and `AGENT/ALIAS`.
    #[must_use]
    pub fn typed_resource(&self) -> Option<(&'a str, &'a str)> {
        self.resource.split_once('/')
    }

    /// The fields in order, without the leading `arn`.
    #[must_use]
    pub fn fields(&self) -> [&'a str; 5] {
        [self.partition, self.service, self.region, self.account, self.resource]
    }
}

/// True for twelve ASCII digits, the form of an account id.
#[must_use]
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_keeps_its_colons() {
        let arn = Arn::parse("arn:aws:lambda:us-east-1:123456789012:function:f:live").unwrap();
        assert_eq!(arn.resource, "function:f:live");
        assert_eq!(Arn::parse("arn:aws:s3:::bucket/key").unwrap().account, "");
        assert!(Arn::parse("arn:aws:s3").is_none());
        assert!(Arn::parse("ARN:aws:s3:::b").is_none());
    }
}
