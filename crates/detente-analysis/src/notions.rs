//! What is asked of packages and agreements, each notion with its page.

/// A notion, and the page that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notion {
    /// The stable name.
    pub id: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// The page, in Markdown.
    pub page: &'static str,
}

/// All notions of packages and agreements; rules of division are in [`solutions`](crate::bargain::solutions), and
/// strategies in [`strategies`](crate::bargain::offers::strategies).
pub fn notions() -> &'static [Notion] {
    &[
        Notion {
            id: "zone-of-agreement",
            name: "Zone of possible agreement",
            page: include_str!("bargain/mediation/zone.md"),
        },
        Notion {
            id: "ratification",
            name: "Ratification",
            page: include_str!("bargain/mediation/ratification.md"),
        },
        Notion {
            id: "log-rolling",
            name: "Log-rolling",
            page: include_str!("bargain/mediation/exchange.md"),
        },
        Notion {
            id: "linkage",
            name: "Linkage",
            page: include_str!("bargain/mediation/linkage.md"),
        },
        Notion {
            id: "draft",
            name: "Draft",
            page: include_str!("bargain/mediation/drafts.md"),
        },
        Notion {
            id: "holding-agreement",
            name: "Holding agreement",
            page: include_str!("holding.md"),
        },
        Notion {
            id: "package-doubt",
            name: "Doubt about what packages are worth",
            page: crate::bargain::doubt::PAGE,
        },
        Notion {
            id: "lottery",
            name: "Lotteries between packages",
            page: include_str!("bargain/lottery/lottery.md"),
        },
        Notion {
            id: "alternating-offers",
            name: "Alternating offers",
            page: crate::bargain::offers::PROTOCOL_PAGE,
        },
    ]
}
