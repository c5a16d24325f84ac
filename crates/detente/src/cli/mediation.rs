//! What a mediator asks of `detente packages`.

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct MediationArgs {
    /// Look into one package: who accepts it, what improves it, which concessions pay for each other, what would be
    /// worth the same, and whether it would hold. `nothing` is the package that changes nothing, `compromise` the
    /// one that splits every issue by itself
    #[arg(long, value_name = "PACKAGE")]
    pub(crate) about: Option<String>,
    /// Say who is in the way of an agreement, and how far disagreement values would have to move
    #[arg(long)]
    pub(crate) zone: bool,
    /// Say what must be ratified at home, and what ratifiers do to the talks
    #[arg(long)]
    pub(crate) ratification: bool,
    /// Say what it is worth to negotiate issues together, and what each issue and voice does to the talks
    #[arg(long)]
    pub(crate) linkage: bool,
    /// Issues that are negotiated together, as a+b; several groups are separated by commas. With --linkage
    #[arg(
        long,
        value_name = "GROUPS",
        value_delimiter = ',',
        requires = "linkage"
    )]
    pub(crate) groups: Vec<String>,
    /// By how much the worths of offers of equal worth may differ from that of the package. With --about
    #[arg(long, value_name = "WORTH", requires = "about")]
    pub(crate) tolerance: Option<String>,
    /// The concept by which an agreement holds [default: each party's own, or seq]. With --about
    #[arg(long, value_name = "CONCEPT", requires = "about")]
    pub(crate) concept: Option<String>,
}

impl MediationArgs {
    /// Whether anything is asked.
    pub(crate) fn any(&self) -> bool {
        self.about.is_some() || self.zone || self.ratification || self.linkage
    }
}
