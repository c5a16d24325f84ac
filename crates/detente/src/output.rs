//! Standard output, standard error, and files that are written whole or not at all.

use std::fs::Metadata;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use detente::report::diagnostics::Drawing;
use detente::report::style::Look;

use crate::failure::Failure;

/// Writes data to standard output.
pub(crate) fn data(text: &str) -> Result<(), Failure> {
    bytes(text.as_bytes())
}

/// Writes data that may be no text to standard output.
pub(crate) fn bytes(data: &[u8]) -> Result<(), Failure> {
    crate::running::clear_progress();
    let mut out = anstream::stdout().lock();
    out.write_all(data)
        .and_then(|()| out.flush())
        .map_err(|e| match e.kind() {
            ErrorKind::BrokenPipe => {
                Failure::bad("the reader of the output closed it before everything was written")
            }
            _ => Failure::with_hint(
                format!("the output cannot be written: {}", reason(&e)),
                "is the disk full?",
            ),
        })
}

/// Says something that is not data, on standard error. That nobody hears it is no failure.
pub(crate) fn note(text: &str) {
    crate::running::clear_progress();
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{text}");
}

/// How text is laid out on standard output.
pub(crate) fn look() -> Look {
    Look {
        colour: true,
        width: width(),
    }
}

/// How diagnostics are drawn on standard error.
pub(crate) fn drawing() -> Drawing {
    Drawing {
        colour: true,
        width: width().max(100),
    }
}

/// The width of the terminal; 80 columns where there is none, so that output does not depend on it.
fn width() -> usize {
    if !io::stdout().is_terminal() {
        return 80;
    }
    terminal_size::terminal_size().map_or(80, |(columns, _)| usize::from(columns.0))
}

/// An error of the system as people read it.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}

/// Writes what was made into a file, or to standard output; what is no text is not written on a terminal.
pub(crate) fn made(to: Option<&Path>, made: &[u8], binary: bool) -> Result<(), Failure> {
    match to {
        Some(path) => file_of_bytes(path, made),
        None if binary && io::stdout().is_terminal() => Err(Failure::with_hint(
            "what would be printed is no text",
            "name a file with -o",
        )),
        None => bytes(made),
    }
}

/// The file that `-o` names; `-` is standard output, as where nothing is named.
pub(crate) fn named(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| path.as_os_str() != "-")
}

/// Refuses a file that cannot be written, before the work that would be lost.
pub(crate) fn expected(to: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = to else { return Ok(()) };
    match std::fs::metadata(path) {
        Ok(there) => unsuited(&there).map_or(Ok(()), |why| Err(unwritten(path, why))),
        Err(_) if folder_of(path).is_dir() => Ok(()),
        Err(_) => Err(Failure::with_hint(
            format!(
                "`{}` cannot be written: there is no such folder",
                path.display()
            ),
            "make the folder first",
        )),
    }
}

/// Writes a file whole or not at all: to a temporary file beside it, which then takes its place.
pub(crate) fn file(path: &Path, text: &str) -> Result<(), Failure> {
    file_of_bytes(path, text.as_bytes())
}

/// As [`file`], for what may be no text.
pub(crate) fn file_of_bytes(path: &Path, data: &[u8]) -> Result<(), Failure> {
    write_whole(path, data).map_err(|e| unwritten(path, &reason(&e)))
}

fn unwritten(path: &Path, why: &str) -> Failure {
    Failure::with_hint(
        format!("`{}` cannot be written: {why}", path.display()),
        "what stood there before is unchanged",
    )
}

/// Why what is there cannot be written over.
fn unsuited(there: &Metadata) -> Option<&'static str> {
    if there.is_dir() {
        Some("it is a directory")
    } else if there.is_file() && there.permissions().readonly() {
        Some("it may not be changed")
    } else {
        None
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a folder, unless it is there.
pub(crate) fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|e| {
        Failure::with_hint(
            format!(
                "the folder `{}` cannot be made: {}",
                path.display(),
                reason(&e)
            ),
            "is there a file of that name?",
        )
    })
}

fn write_whole(path: &Path, data: &[u8]) -> io::Result<()> {
    if let Ok(there) = std::fs::metadata(path) {
        if let Some(why) = unsuited(&there) {
            return Err(io::Error::other(why));
        }
        // A device or a pipe takes what is written to it; a file in its place would take it away from everybody.
        if !there.is_file() {
            let mut opened = std::fs::OpenOptions::new().write(true).open(path)?;
            opened.write_all(data)?;
            return opened.flush();
        }
    }
    // A symbolic link stays a link; the file that it names is replaced.
    let path = &destination(path);
    let mut temporary = tempfile::NamedTempFile::new_in(folder_of(path))?;
    temporary.write_all(data)?;
    temporary.as_file().sync_all()?;
    let permissions = match std::fs::metadata(path) {
        Ok(metadata) => metadata.permissions(),
        Err(_) => default_permissions(temporary.as_file())?,
    };
    temporary.as_file().set_permissions(permissions)?;
    temporary.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// The file that a path names, also by a link to a file that is not there yet.
fn destination(path: &Path) -> PathBuf {
    if let Ok(there) = std::fs::canonicalize(path) {
        return there;
    }
    match std::fs::read_link(path) {
        Ok(named) => path.with_file_name(named),
        Err(_) => path.to_owned(),
    }
}

/// What a new file may be used for: temporary files are private, results are not.
fn default_permissions(file: &std::fs::File) -> io::Result<std::fs::Permissions> {
    let mut permissions = file.metadata()?.permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        permissions.set_mode(0o644);
    }
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    Ok(permissions)
}
