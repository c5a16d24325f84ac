//! Places for labels where they cover neither each other nor what they are about.

use unicode_width::UnicodeWidthStr;

/// A rectangle on the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// The square around a place.
    pub(crate) fn around(x: f64, y: f64, half: f64) -> Self {
        Self {
            left: x - half,
            top: y - half,
            right: x + half,
            bottom: y + half,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    fn lies_in(&self, other: &Self) -> bool {
        other.left <= self.left
            && self.right <= other.right
            && other.top <= self.top
            && self.bottom <= other.bottom
    }
}

/// What is to be labelled.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Where it lies.
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// How far its mark reaches.
    pub(crate) reach: f64,
    /// The lines of the label.
    pub(crate) lines: Vec<String>,
}

/// A label that found its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// Where it stands.
    pub(crate) area: Area,
    /// The end of the line that leads from the mark to it.
    pub(crate) foot: (f64, f64),
}

/// The height of a line of a label.
pub(crate) const LINE: f64 = 14.0;

/// How wide a text of a label is at most, about: letters of a plain face of 12 units.
pub(crate) fn width(text: &str) -> f64 {
    6.8 * UnicodeWidthStr::width(text) as f64
}

/// How wide a text outside labels is, about.
pub(crate) fn loose_width(text: &str) -> f64 {
    6.0 * UnicodeWidthStr::width(text) as f64
}

/// How far from its mark a label may stand.
const DISTANCES: [f64; 9] = [3.0, 10.0, 18.0, 28.0, 42.0, 60.0, 84.0, 116.0, 160.0];

/// What it costs when a line leads through a label or a mark, in units of distance.
const CROSSING: f64 = 400.0;

/// In how many directions a place is sought.
const DIRECTIONS: u32 = 24;

/// A place for each label within the frame, or none where there is no room: no two labels meet, and none covers a
/// mark that is labelled; few cover `dots`.
pub(crate) fn place(
    wanted: &[Wanted],
    frame: &Area,
    taken: &[Area],
    dots: &[(f64, f64, f64)],
) -> Vec<Option<Placed>> {
    let mut taken = taken.to_vec();
    taken.extend(wanted.iter().map(|w| Area::around(w.x, w.y, w.reach)));
    let mut leaders: Vec<((f64, f64), (f64, f64))> = Vec::new();
    let mut placed = Vec::new();
    for want in wanted {
        let free = |p: &Placed| p.area.lies_in(frame) && !taken.iter().any(|t| t.meets(&p.area));
        let mark = (want.x, want.y);
        let crossed = |p: &Placed| {
            let over = leaders.iter().filter(|(a, b)| crosses(*a, *b, &p.area));
            let across = taken.iter().filter(|t| !t.holds(mark.0, mark.1));
            over.count() + across.filter(|t| crosses(mark, p.foot, t)).count()
        };
        let mut best: Option<(f64, Placed)> = None;
        for distance in DISTANCES {
            for direction in 0..DIRECTIONS {
                let candidate = candidate(want, distance, direction);
                if !free(&candidate) {
                    continue;
                }
                let covered: f64 = dots
                    .iter()
                    .filter(|(x, y, _)| candidate.area.holds(*x, *y))
                    .map(|(_, _, weight)| weight)
                    .sum();
                let cost = distance + covered + CROSSING * crossed(&candidate) as f64;
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, candidate));
                }
            }
        }
        if let Some((_, found)) = &best {
            taken.push(found.area);
            leaders.push(((want.x, want.y), found.foot));
        }
        placed.push(best.map(|(_, found)| found));
    }
    placed
}

/// The label in a direction, at a distance from the edge of the mark.
fn candidate(want: &Wanted, distance: f64, direction: u32) -> Placed {
    let turn = std::f64::consts::TAU * f64::from(direction) / f64::from(DIRECTIONS);
    let (down, right) = turn.sin_cos();
    let widest = want.lines.iter().map(|l| width(l)).fold(0.0, f64::max);
    let height = LINE * want.lines.len() as f64;
    let foot = (
        want.x + right * (want.reach + distance),
        want.y + down * (want.reach + distance),
    );
    // The label continues the line: its near edge, or the part of it that fits the direction, is at the foot.
    let left = foot.0 - widest * (1.0 - right) / 2.0;
    let top = foot.1 - height * (1.0 - down) / 2.0;
    let area = Area {
        left,
        top,
        right: left + widest,
        bottom: top + height,
    };
    Placed { area, foot }
}

/// Whether a line between two places meets a rectangle.
fn crosses(a: (f64, f64), b: (f64, f64), area: &Area) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides = [
        (b.0 - a.0, area.left - a.0, area.right - a.0),
        (b.1 - a.1, area.top - a.1, area.bottom - a.1),
    ];
    for (step, near, far) in sides {
        if step.abs() < 1e-9 {
            if near > 0.0 || far < 0.0 {
                return false;
            }
            continue;
        }
        let (first, second) = (near / step, far / step);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter < leave
}

#[cfg(test)]
mod tests {
    use super::{Area, Wanted, place};

    #[test]
    fn labels_do_not_meet() {
        let frame = Area {
            left: 0.0,
            top: 0.0,
            right: 500.0,
            bottom: 400.0,
        };
        let wanted: Vec<Wanted> = (0..12_u16)
            .map(|n| Wanted {
                x: 240.0 + f64::from(n % 4) * 9.0,
                y: 200.0 + f64::from(n / 4) * 9.0,
                reach: 6.0,
                lines: vec![format!("package {n}"); 1 + usize::from(n % 2)],
            })
            .collect();
        let placed: Vec<Area> = place(&wanted, &frame, &[], &[])
            .into_iter()
            .flatten()
            .map(|p| p.area)
            .collect();
        assert!(placed.len() >= 10, "{} placed", placed.len());
        for (place, one) in placed.iter().enumerate() {
            assert!(one.lies_in(&frame));
            assert!(placed[..place].iter().all(|other| !one.meets(other)));
            assert!(wanted.iter().all(|w| !one.holds(w.x, w.y)));
        }
    }

    #[test]
    fn where_there_is_no_room_there_is_no_label() {
        let wanted = [Wanted {
            x: 10.0,
            y: 10.0,
            reach: 4.0,
            lines: vec!["too long for so small a frame".to_owned()],
        }];
        assert_eq!(
            place(&wanted, &Area::around(10.0, 10.0, 20.0), &[], &[]),
            [None]
        );
    }
}
