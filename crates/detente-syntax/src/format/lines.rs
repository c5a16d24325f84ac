//! Lines of formatted text: what is said, where it is known from, and the comment beside it.

/// No line is made longer than this for the sake of looks.
pub(super) const WIDTH: usize = 100;

/// One line.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) indent: usize,
    pub(super) body: String,
    /// The part of the body, in bytes, after which a column may start; 0 if there is none.
    pub(super) stem: usize,
    /// The citations at its end.
    pub(super) cites: String,
    /// The comment at its end.
    pub(super) comment: String,
    /// Whether a blank line stands before it.
    pub(super) blank: bool,
    /// The list that it belongs to: lines of one list are aligned with each other.
    pub(super) list: usize,
    /// Lines that open or close a block, and comments on their own, are not aligned.
    pub(super) fixed: bool,
}

impl Line {
    pub(super) fn width(&self) -> usize {
        self.indent + width(&self.body)
    }

    /// The body up to where a column may start, and the rest.
    fn split(&self) -> (&str, &str) {
        self.body
            .split_at_checked(self.stem)
            .unwrap_or(("", &self.body))
    }

    /// The column at which the stem ends.
    fn stem_end(&self) -> Option<usize> {
        (self.stem > 0).then(|| self.indent + width(self.split().0))
    }

    pub(super) fn add_comment(&mut self, comment: &str) {
        if !self.comment.is_empty() {
            self.comment.push(' ');
        }
        self.comment.push_str(comment.trim_end());
    }

    pub(super) fn add_cites(&mut self, cites: &str) {
        if !self.cites.is_empty() {
            self.cites.push(' ');
        }
        self.cites.push_str(cites);
    }
}

/// The number of columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// The lines as text, with citations and comments of neighbouring lines in columns.
pub(super) fn render(lines: &[Line]) -> String {
    let mut out = String::new();
    let mut rest = lines;
    while !rest.is_empty() {
        let (run, after) = rest.split_at(run_length(rest));
        let stem = stem_column(run);
        let body = |line: &Line| {
            let pad = line
                .stem_end()
                .zip(stem)
                .map_or(0, |(end, column)| column - end);
            line.width() + pad
        };
        let cites = column(
            run,
            |line| (!line.cites.is_empty()).then(|| body(line)),
            |line| width(&line.cites),
        );
        let before_comment = |line: &Line| {
            if line.cites.is_empty() {
                body(line)
            } else {
                cites.unwrap_or(body(line) + 2) + width(&line.cites)
            }
        };
        let comment = column(
            run,
            |line| (!line.comment.is_empty()).then(|| before_comment(line)),
            |line| width(&line.comment),
        );
        for line in run {
            write_line(&mut out, line, [stem, cites, comment]);
        }
        rest = after;
    }
    out
}

/// How many of the first lines are aligned with each other; at least one.
fn run_length(lines: &[Line]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let more = lines.iter().skip(1).take_while(|line| {
        !first.fixed
            && !line.fixed
            && !line.blank
            && line.list == first.list
            && line.indent == first.indent
    });
    1 + more.count()
}

/// The column at which a part of several lines starts; nothing if a line would become too long.
fn column(
    run: &[Line],
    before: impl Fn(&Line) -> Option<usize>,
    size: impl Fn(&Line) -> usize,
) -> Option<usize> {
    let column = run.iter().filter_map(&before).max()? + 2;
    let fits = |line: &Line| {
        let Some(before) = before(line) else {
            return true;
        };
        // A line that is too long anyway does not keep the others from being aligned.
        before + 2 + size(line) > WIDTH || column + size(line) <= WIDTH
    };
    run.iter().all(fits).then_some(column)
}

/// The column at which the stems of a run end, if no line becomes too long by it.
fn stem_column(run: &[Line]) -> Option<usize> {
    let column = run.iter().filter_map(Line::stem_end).max()?;
    let tail = |part: &String| if part.is_empty() { 0 } else { 2 + width(part) };
    let fits = |line: &Line| {
        let Some(end) = line.stem_end() else {
            return true;
        };
        let loose = line.width() + tail(&line.cites) + tail(&line.comment);
        loose > WIDTH || loose + (column - end) <= WIDTH
    };
    run.iter().all(fits).then_some(column)
}

fn write_line(out: &mut String, line: &Line, [stem, cites, comment]: [Option<usize>; 3]) {
    if line.blank {
        out.push('\n');
    }
    let start = out.len();
    for _ in 0..line.indent {
        out.push(' ');
    }
    let (before, after) = line.split();
    out.push_str(before);
    for _ in line.stem_end().unwrap_or(0)..stem.filter(|_| line.stem > 0).unwrap_or(0) {
        out.push(' ');
    }
    out.push_str(after);
    for (part, column) in [(&line.cites, cites), (&line.comment, comment)] {
        if part.is_empty() {
            continue;
        }
        let used = width(out.get(start..).unwrap_or(""));
        for _ in used..column.unwrap_or(used + 2) {
            out.push(' ');
        }
        out.push_str(part);
    }
    let end = out.trim_end_matches(' ').len();
    out.truncate(end.max(start));
    out.push('\n');
}
