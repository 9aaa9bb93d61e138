//! Writing: whole files and folders, or nothing.

use std::fs;
use std::path::Path;

/// A file or folder that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system said no.
    #[error("E506 cannot write {path}: {what}; help: check the disk and its permissions")]
    Io { path: String, what: String },
    /// The folder holds something else.
    #[error("E507 {path} exists and is not an output of niello; help: name a new folder, or empty this one")]
    Occupied { path: String },
    /// The folder holds an earlier output.
    #[error("E508 {path} holds an earlier output; help: add --force to replace it")]
    Exists { path: String },
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> WriteError + '_ {
    move |e| WriteError::Io { path: path.display().to_string(), what: e.to_string() }
}

/// The folder that holds a path, `.` for a bare name.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file beside its place and moves it there.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut temporary = tempfile::NamedTempFile::new_in(parent(path)).map_err(io(path))?;
    std::io::Write::write_all(&mut temporary, bytes).map_err(io(path))?;
    temporary.persist(path).map_err(|e| io(path)(e.error))?;
    Ok(())
}

/// The file by which an output folder is known.
const MARK: &str = "files.f";

/// Writes a folder of files beside its place and moves it there; it must be new, empty, or with `force` an
/// earlier output.
pub fn write_folder(dir: &Path, files: &[(String, String)], force: bool) -> Result<(), WriteError> {
    let path = || dir.display().to_string();
    if dir.exists() {
        let empty = dir.is_dir() && fs::read_dir(dir).map_err(io(dir))?.next().is_none();
        if !empty && !dir.join(MARK).is_file() {
            return Err(WriteError::Occupied { path: path() });
        }
        if !empty && !force {
            return Err(WriteError::Exists { path: path() });
        }
    }
    let home = parent(dir);
    fs::create_dir_all(home).map_err(io(home))?;
    let work = tempfile::tempdir_in(home).map_err(io(home))?;
    for (name, text) in files {
        let to = work.path().join(name);
        fs::write(&to, text).map_err(io(&to))?;
    }
    if dir.exists() {
        fs::remove_dir_all(dir).map_err(io(dir))?;
    }
    let made = work.keep();
    fs::rename(&made, dir).map_err(io(dir))?;
    // Temporary folders are private; an output folder is like any other.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o755)).map_err(io(dir))?;
    }
    Ok(())
}
