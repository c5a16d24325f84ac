//! `detente draw`.

use std::path::Path;

use detente::model::Model;
use detente::report::picture::{self, Asked, Kind};
use detente::report::render::png;

use super::dossier::{self, Gathering};
use super::{judging, report};
use crate::cli::report::{DrawArgs, PictureFormat};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, output};

/// How many dots a unit of a picture takes in a PNG.
const SCALE: f32 = 2.0;

pub(crate) fn run(args: &DrawArgs) -> Done {
    let kind = picture::kind(&args.kind)
        .ok_or_else(|| Failure::bad(format!("there is no picture `{}`", args.kind)))?;
    let to = output::named(args.output.as_deref());
    let format = format(args, to)?;
    output::expected(to)?;
    let loaded = dossier::load(&args.gathered)?;
    let asked = asked(args, &loaded)?;
    let wanted = |part: &str| kind.needs.contains(&part);
    let gathering = dossier::gather_of(&args.gathered, &loaded, &wanted)?;
    let dossier = &gathering.dossier;
    let svg = || (kind.draw)(dossier, &asked).map(|drawn| drawn.svg);
    let made = match format {
        PictureFormat::Dot => picture::dot(dossier, &asked).map(String::into_bytes),
        PictureFormat::Svg => svg().map(String::into_bytes),
        PictureFormat::Png => {
            let drawn = svg().map(|svg| png::picture(&svg, SCALE)).transpose();
            drawn.map_err(|e| report::unrendered(&e))?
        }
    };
    let made = made.ok_or_else(|| nothing(kind, &gathering))?;
    let binary = format == PictureFormat::Png;
    output::made(to, &made, binary)?;
    match gathering.stopped {
        None => Ok(()),
        Some((part, stop)) => Err(Failure::with_hint(
            format!("the picture is incomplete, as the part `{part}` is: {stop}"),
            "raise the limits to go on",
        )),
    }
}

/// The format that is named, else that of the output file's ending, else SVG.
fn format(args: &DrawArgs, to: Option<&Path>) -> Result<PictureFormat, Failure> {
    let format = chosen(args, to)?;
    if format == PictureFormat::Dot && args.kind != "graph" {
        return Err(Failure::with_hint(
            format!("dot has no picture `{}`", args.kind),
            "`detente draw graph` writes the state graph for Graphviz; svg has every picture",
        ));
    }
    Ok(format)
}

fn chosen(args: &DrawArgs, to: Option<&Path>) -> Result<PictureFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = to else {
        return Ok(PictureFormat::Svg);
    };
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("svg") => Ok(PictureFormat::Svg),
        Some("png") => Ok(PictureFormat::Png),
        Some("dot" | "gv") => Ok(PictureFormat::Dot),
        _ => Err(Failure::with_hint(
            format!(
                "the ending of `{}` says no format of pictures",
                path.display()
            ),
            "end in .svg, .png or .dot, or name a format with --format",
        )),
    }
}

/// What is asked of the picture; classes and parties are those of the negotiation.
fn asked(args: &DrawArgs, loaded: &Loaded) -> Result<Asked, Failure> {
    if args.class.is_some() || !args.parties.is_empty() {
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
