//! `detente breakthrough`.

use detente::report::breakthrough;

use super::aim;
use crate::cli::{BreakthroughArgs, Format};
use crate::{Done, output};

pub(crate) fn run(args: &BreakthroughArgs) -> Done {
    let changes = aim::Changes {
        kinds: &args.changes,
        commitments: false,
        insert: &args.insert,
    };
    aim::search(&args.aim, &changes, |search, finding| {
        let text = match args.aim.format {
            Format::Json => super::schema::json(&finding)?,
            Format::Text => breakthrough::text(search.game, &finding, output::look()),
        };
        Ok((text, None))
    })
}
