//! Pictures as PNG (feature `png`).

use super::Unrendered;

/// A picture as PNG, `scale` times as large as it says, at most 16 384 pixels on a side. Its texts are set in one face
/// that is part of the program, so that the picture looks the same everywhere.
#[cfg(feature = "png")]
pub fn picture(svg: &str, scale: f32) -> Result<Vec<u8>, Unrendered> {
    use std::sync::Arc;

    use resvg::tiny_skia::{Color, Pixmap, Transform};
    use resvg::usvg::{Options, Tree, fontdb};

    const MOST: f32 = 16_384.0;
    let refused = |why: String| Unrendered::Refused {
        what: "the PNG",
        why,
    };
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let options = Options {
        fontdb: Arc::new(fonts),
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(&super::labels::visible_lines(svg), &options)
        .map_err(|error| refused(error.to_string()))?;
    let size = tree.size();
    let fitting = (MOST / size.width()).min(MOST / size.height());
    let scale = scale.clamp(0.1, 10.0).min(fitting);
    #[expect(clippy::cast_sign_loss, reason = "a side is at least one pixel long")]
    let side = |length: f32| (length * scale).ceil().clamp(1.0, MOST) as u32;
    let mut pixels = Pixmap::new(side(size.width()), side(size.height()))
        .ok_or_else(|| refused("the picture has no size".to_owned()))?;
    pixels.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| refused(error.to_string()))
}

/// This build cannot draw it.
#[cfg(not(feature = "png"))]
pub fn picture(_svg: &str, _scale: f32) -> Result<Vec<u8>, Unrendered> {
    Err(Unrendered::NotBuilt {
        what: "PNG",
        hint: "build it with `cargo install detente --features png`, or write SVG",
    })
}
