//! Writing: whole files and folders, or nothing.

use std::fs;
use std::path::Path;

use niello_model::error::clean;

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
    move |e| WriteError::Io { path: clean(&path.display().to_string()), what: e.kind().to_string() }
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

/// Lists what niello wrote into an output folder; only such a folder, with nothing else in it, is replaced.
const MARK: &str = ".niello";

/// True if the folder holds what its mark lists, and nothing else.
fn is_earlier_output(dir: &Path) -> Result<bool, WriteError> {
    let Ok(list) = fs::read_to_string(dir.join(MARK)) else { return Ok(false) };
    let known: Vec<&str> = list.lines().collect();
    for entry in fs::read_dir(dir).map_err(io(dir))? {
        let name = entry.map_err(io(dir))?.file_name();
        if name != MARK && !known.iter().any(|k| name == *k) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a folder of files beside its place and moves it there; it must be new, empty, or with `force` an
/// earlier output. Until the new folder is complete, the old one stays.
pub fn write_folder(dir: &Path, files: &[(String, String)], force: bool) -> Result<(), WriteError> {
    let shown = || clean(&dir.display().to_string());
    if dir.is_symlink() && !dir.exists() {
        return Err(WriteError::Occupied { path: shown() });
    }
    // `.` and links become the folder they mean.
    let dir = &if dir.exists() { dir.canonicalize().map_err(io(dir))? } else { dir.to_path_buf() };
    if dir.exists() {
        let empty = dir.is_dir() && fs::read_dir(dir).map_err(io(dir))?.next().is_none();
        let ours = empty || (dir.is_dir() && is_earlier_output(dir)?);
        if !ours {
            return Err(WriteError::Occupied { path: shown() });
        }
        if !empty && !force {
            return Err(WriteError::Exists { path: shown() });
        }
    }
    let home = parent(dir);
    fs::create_dir_all(home).map_err(io(home))?;
    let work = tempfile::tempdir_in(home).map_err(io(home))?;
    let made = work.path().join("new");
    fs::create_dir(&made).map_err(io(&made))?;
    let list: String = files.iter().map(|f| format!("{}\n", f.0)).collect();
    for (name, text) in files.iter().map(|f| (f.0.as_str(), &f.1)).chain([(MARK, &list)]) {
        fs::write(made.join(name), text).map_err(io(dir))?;
    }
    let old = work.path().join("old");
    if dir.exists() {
        fs::rename(dir, &old).map_err(io(dir))?;
    }
    if let Err(e) = fs::rename(&made, dir) {
        let _ = fs::rename(&old, dir);
        return Err(io(dir)(e));
    }
    Ok(())
}
