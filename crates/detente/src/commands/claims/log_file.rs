//! Logs of forecasts as files: read under a lock, added to in one piece, and told when the disk has it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use detente::analysis::claims::log::{self, Log, What};
use detente::report::claims::fault;
use jiff::Timestamp;

use crate::failure::Failure;
use crate::output;

/// Logs larger than this are refused.
const LARGEST: u64 = 256 << 20;

/// What a file is taken for that is no log.
pub(super) fn foreign(path: &Path) -> Failure {
    Failure::with_hint(
        format!("`{}` is no log of forecasts", path.display()),
        "name another file; `detente claims add` begins a log where there is none",
    )
}

fn cannot(path: &Path, what: &str, error: &std::io::Error) -> Failure {
    let message = format!(
        "`{}` cannot be {what}: {}",
        path.display(),
        output::reason(error)
    );
    match error.kind() {
        ErrorKind::NotFound => Failure::with_hint(
            message,
            "check the path; `detente claims add --log` begins a log",
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Failure::with_hint(
                message,
                "the entry was not accepted; what the log held is unchanged",
            )
        }
        _ => Failure::bad(message),
    }
}

/// Only ordinary files can be locked, added to and sealed.
fn ordinary(path: &Path) -> Result<(), Failure> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Err(Failure::with_hint(
            format!("`{}` is a directory", path.display()),
            "name a file in it, such as `forecasts.log`",
        )),
        Ok(metadata) if !metadata.is_file() => Err(Failure::bad(format!(
            "`{}` is no ordinary file",
            path.display()
        ))),
        Ok(metadata) if metadata.len() > LARGEST => Err(Failure::bad(format!(
            "`{}` is larger than 256 MiB",
            path.display()
        ))),
        _ => Ok(()),
    }
}

fn bytes(path: &Path, file: &mut File) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| cannot(path, "read", &e))?;
    Ok(bytes)
}

/// Reads a log, whatever its state; waits while somebody writes.
pub(super) fn read(path: &Path) -> Result<Log, Failure> {
    ordinary(path)?;
    let mut file = File::open(path).map_err(|e| cannot(path, "read", &e))?;
    // Where files cannot be locked, what is being written looks torn, which is true.
    let _ = file.lock_shared();
    let log = log::read(&bytes(path, &mut file)?);
    Ok(log)
}

/// Reads a log without defects; a torn end is told and left out.
pub(super) fn read_sound(path: &Path) -> Result<Log, Failure> {
    let log = read(path)?;
    check(path, &log)?;
    if let Some(tail) = &log.tail {
        output::note(&format!(
            "{}:{}: the end of the log is torn and was left out; it was never accepted",
            path.display(),
            tail.line
        ));
    }
    Ok(log)
}

fn check(path: &Path, log: &Log) -> Result<(), Failure> {
    if log.is_foreign() {
        return Err(foreign(path));
    }
    match log.defects.first() {
        None => Ok(()),
        Some(defect) => Err(Failure::with_hint(
            format!(
                "{}:{}: {}",
                path.display(),
                defect.line,
                fault(&defect.fault)
            ),
            "`detente claims verify --log` tells all that is wrong; nothing is read from such a log",
        )),
    }
}

/// A log that is locked and can be added to.
pub(super) struct LogFile {
    path: PathBuf,
    file: File,
    size: u64,
    /// What it holds.
    pub(super) log: Log,
}

impl LogFile {
    /// Opens a log and waits for its lock. One that is not there is begun if `begin` says so.
    pub(super) fn open(path: &Path, begin: bool) -> Result<Self, Failure> {
        ordinary(path)?;
        let mut options = OpenOptions::new();
        let options = options.read(true).append(true).create(begin);
        let mut file = options.open(path).map_err(|e| cannot(path, "opened", &e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => file.lock().map_err(|e| cannot(path, "locked", &e))?,
            Err(TryLockError::Error(error)) => return Err(cannot(path, "locked", &error)),
        }
        let bytes = bytes(path, &mut file)?;
        let log = log::read(&bytes);
        check(path, &log)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            size: bytes.len() as u64,
            log,
        })
    }

    /// Adds entries, all or none, and returns when the disk has them. Only then are they accepted.
    pub(super) fn add(mut self, at: Timestamp, entries: Vec<What>) -> Result<(), Failure> {
        let bytes = log::append(&self.log, at, entries)
            .map_err(|e| Failure::bad(format!("nothing was added to the log: {e}")))?;
        if self.size + bytes.len() as u64 > LARGEST {
            return Err(Failure::with_hint(
                format!("`{}` would become larger than 256 MiB", self.path.display()),
                "begin another log",
            ));
        }
        let written = self
            .file
            .write_all(&bytes)
            .and_then(|()| self.file.sync_all());
        written.map_err(|e| cannot(&self.path, "written", &e))?;
        // Whoever began the file may have been stopped before its folder was stored.
        store_folder(&self.path).map_err(|e| cannot(&self.path, "stored", &e))
    }
}

/// Makes sure that the file is found in its folder after a crash.
#[cfg(unix)]
fn store_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn store_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
