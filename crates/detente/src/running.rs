//! Long work: cancellation by Ctrl-C, a progress bar, and repeating when a file changes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use detente::analysis::Budget;
use detente::analysis::budget::Progress;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Limits;
use crate::{Done, output};

/// Work shorter than this shows no progress bar.
const PATIENCE: Duration = Duration::from_millis(500);

static CANCEL: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// The budget of a command: its limits, Ctrl-C, and a progress bar on a terminal.
pub(crate) fn budget(limits: &Limits) -> Budget {
    let flag = CANCEL.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let set = Arc::clone(&flag);
        // Without a handler Ctrl-C ends the program at once, which is just as good.
        let _ = ctrlc::set_handler(move || {
            if set.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        flag
    });
    flag.store(false, Ordering::Relaxed);
    let mut budget = Budget::default();
    if let Some(states) = limits.states {
        budget.max_states = states;
    }
    if let Some(moves) = limits.moves {
        budget.max_moves = moves;
    }
    if let Some(steps) = limits.steps {
        budget.max_steps = steps;
    }
    if let Some(megabytes) = limits.memory {
        budget.max_memory = megabytes.saturating_mul(1_000_000);
    }
    if let Some(nodes) = limits.nodes {
        budget.max_nodes = nodes;
    }
    if let Some(work) = limits.work {
        budget.max_work = work;
    }
    let bar = Bar {
        begun: Instant::now(),
    };
    budget
        .cancelled_by(Arc::clone(flag))
        .watched_by(Arc::new(bar))
}

/// The progress bar that is shown, if one is.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Takes the progress bar away, so that something else can be printed.
pub(crate) fn clear_progress() {
    if let Ok(mut shown) = SHOWN.lock()
        && let Some(bar) = shown.take()
    {
        bar.finish_and_clear();
    }
}

/// A progress bar that appears when the work takes long and vanishes when it is done.
struct Bar {
    begun: Instant,
}

impl Progress for Bar {
    fn report(&self, what: &str, done: u64, total: u64) {
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        let Ok(mut shown) = SHOWN.lock() else {
            return;
        };
        let bar = shown.get_or_insert_with(ProgressBar::no_length);
        let template = if total == 0 {
            "{spinner} {msg}: {pos}"
        } else {
            "{bar:30} {msg}: {pos}/{len}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if total > 0 {
            bar.set_length(total);
        }
        bar.set_message(what.to_owned());
        bar.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        clear_progress();
    }
}

/// Runs once, or again and again whenever the file changes, until Ctrl-C.
pub(crate) fn watched(path: &str, watch: bool, run: impl Fn() -> Done) -> Done {
    if !watch {
        return run();
    }
    // Editors replace files instead of writing into them, so the path is asked, not the file.
    let state = || -> Option<(SystemTime, u64)> {
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    loop {
        let seen = state();
        if let Err(failure) = run() {
            failure.tell();
        }
        output::note(&format!("-- waiting for changes of {path}; Ctrl-C ends --"));
        while state() == seen || state().is_none() {
            if CANCEL.get().is_some_and(|c| c.load(Ordering::Relaxed)) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}
