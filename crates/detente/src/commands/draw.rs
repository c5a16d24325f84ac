//! `detente draw`.

use detente::model::Model;
use detente::report::picture::{self, Asked, Kind};
use detente::report::render::png;

use super::dossier::{self, Gathering};
use super::{judging, report};
use crate::cli::report::{DrawArgs, PictureFormat};
use crate::failure::Failure;
use crate::{Done, input, output};

/// How many dots a unit of a picture takes in a PNG.
const SCALE: f32 = 2.0;

pub(crate) fn run(args: &DrawArgs) -> Done {
    let kind = picture::kind(&args.kind)
        .ok_or_else(|| Failure::bad(format!("there is no picture `{}`", args.kind)))?;
    let format = format(args)?;
    let asked = asked(args)?;
    let gathering = dossier::gather(&args.gathered, &|part| kind.needs.contains(&part))?;
    let drawn = (kind.draw)(&gathering.dossier, &asked);
    let drawn = drawn.ok_or_else(|| nothing(kind, &gathering))?;
    let made = match format {
        PictureFormat::Svg => drawn.svg.into_bytes(),
        PictureFormat::Png => {
            png::picture(&drawn.svg, SCALE).map_err(|e| report::unrendered(&e))?
        }
    };
    let binary = format == PictureFormat::Png;
    output::made(args.output.as_deref(), &made, binary)?;
    match gathering.stopped {
        None => Ok(()),
        Some((part, stop)) => Err(Failure::with_hint(
            format!("the picture is incomplete, as the part `{part}` is: {stop}"),
            "raise the limits to go on",
        )),
    }
}

/// The format that is named, else that of the output file's ending, else SVG.
fn format(args: &DrawArgs) -> Result<PictureFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output else {
        return Ok(PictureFormat::Svg);
    };
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("svg") => Ok(PictureFormat::Svg),
        Some("png") => Ok(PictureFormat::Png),
        _ => Err(Failure::with_hint(
            format!(
                "the ending of `{}` says no format of pictures",
                path.display()
            ),
            "end in .svg or .png, or name a format with --format",
        )),
    }
}

/// What is asked of the picture; classes and parties are those of the negotiation.
fn asked(args: &DrawArgs) -> Result<Asked, Failure> {
    if args.class.is_some() || !args.parties.is_empty() {
        let loaded = input::load(&args.gathered.which.file)?;
        let model: Model = loaded.model_with(&args.gathered.which.variants)?;
        if let Some(class) = &args.class {
            judging::class(&model, class)?;
        }
        for party in &args.parties {
            judging::party(&model, party)?;
        }
    }
    Ok(Asked {
        every_state: args.every_state,
        class: args.class.clone(),
        parties: args.parties.clone(),
    })
}

/// That there is nothing to draw, and why, as far as it is known.
fn nothing(kind: &Kind, gathering: &Gathering) -> Failure {
    let left_out = &gathering.dossier.left_out;
    let because = left_out
        .iter()
        .find(|l| kind.needs.contains(&l.part.as_str()));
    let message = format!("there is nothing to draw as `{}`", kind.name);
    match because {
        Some(left_out) => Failure::bad(format!("{message}: {}", left_out.why)),
        None => Failure::bad(message),
    }
}
