//! What `detente import` asks of a table of events.

use clap::Args;
use detente::model::events::Actor;

use super::StatesFormat;

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Tables of events")]
pub(crate) struct EventsArgs {
    /// The file is a table of coded events (ICEWS, GDELT, POLECAT, or a header date,source,target,code,text,
    /// publisher): list candidates for the calendar
    #[arg(long)]
    pub(crate) events: bool,
    /// Only events of this day and later
    #[arg(long, value_name = "DAY", requires = "events")]
    pub(crate) from: Option<String>,
    /// Only events of this day and earlier
    #[arg(long, value_name = "DAY", requires = "events")]
    pub(crate) to: Option<String>,
    /// Only events between these, separated by commas; NAME=PARTY says which party an actor is
    #[arg(long, value_name = "LIST", value_delimiter = ',', requires = "events", value_parser = actor)]
    pub(crate) actors: Vec<Actor>,
    /// Write these candidates, by their ids, as lines of a calendar
    #[arg(long, value_name = "IDS", value_delimiter = ',', requires = "events")]
    pub(crate) accept: Vec<String>,
    /// How to print the candidates
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        requires = "events",
        conflicts_with = "accept"
    )]
    pub(crate) format: StatesFormat,
}

fn actor(text: &str) -> Result<Actor, String> {
    Actor::read(text).ok_or_else(|| {
        "write a name of the table, such as `North Korea`, or `North Korea=DPRK` with a party's short name"
            .to_owned()
    })
}
