use detente_report::render::png;
use resvg::tiny_skia::Pixmap;

use crate::documents::picture;

#[test]
fn a_picture_has_its_size_and_its_texts() {
    let names = ["Upstream", "Downstream"];
    let with = picture("small", "What was drawn", 300, 200, &names);
    let bytes = png::picture(&with.svg, 2.0).unwrap();
    assert_eq!(bytes, png::picture(&with.svg, 2.0).unwrap());
    let drawn = Pixmap::decode_png(&bytes).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (600, 400));
    // Without the names the same picture has far less ink: a font was found for them.
    let without = with.svg.replace("Upstream", " ").replace("Downstream", " ");
    assert_ne!(without, with.svg);
    let without = Pixmap::decode_png(&png::picture(&without, 2.0).unwrap()).unwrap();
    let ink = |pixels: &Pixmap| {
        let dark = pixels.pixels().iter().filter(|p| p.red() < 128);
        dark.count()
    };
    assert!(ink(&drawn) > ink(&without) + 500);
    // It is on white paper.
    assert_eq!(drawn.pixel(599, 399).unwrap().red(), 255);
    assert_eq!(drawn.pixel(599, 399).unwrap().alpha(), 255);
}

#[test]
fn what_is_no_picture_is_refused() {
    assert!(png::picture("no picture", 1.0).is_err());
    assert!(png::picture("<svg xmlns='http://www.w3.org/2000/svg' width='0'/>", 1.0).is_err());
    let vast = "<svg xmlns='http://www.w3.org/2000/svg' width='1000000' height='10'/>";
    assert!(png::picture(vast, 1.0).is_ok());
}
