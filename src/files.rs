//! Writing: whole files and folders, or nothing.

use std::fs;
use std::io::Write;
use std::path::Path;

use niello_gen::fault::Fault;
use niello_model::error::clean;
use niello_testbench::scratch;

/// A file or folder that cannot be written.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum WriteError {
    /// The system said no.
    Io { path: String, what: String },
    /// The file is one that the results were computed from.
    Input { path: String },
    /// The folder holds something else.
    Occupied { path: String },
    /// The folder holds an earlier output.
    Exists { path: String },
}

impl WriteError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            WriteError::Io { path, what } => {
                Fault::new("E506", format!("cannot write {path}: {what}")).help("check the disk and its permissions")
            }
            WriteError::Input { path } => Fault::new("E108", format!("{path} is what the results are computed from"))
                .help("write them to another file"),
            WriteError::Occupied { path } => {
                Fault::new("E507", format!("{path} exists and is not an output of niello"))
                    .help("name a new folder, or empty this one")
            }
            WriteError::Exists { path } => {
                Fault::new("E508", format!("{path} holds an earlier output")).help("add --force to replace it")
            }
        }
    }
}

niello_gen::coded!(WriteError);

fn io(path: &Path) -> impl Fn(std::io::Error) -> WriteError + '_ {
    move |e| WriteError::Io { path: clean(&path.display().to_string()), what: e.kind().to_string() }
}

/// The folder that holds a path, `.` for a bare name.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file beside its place and moves it there. What is no plain file is written through: a pipe, a device, the file behind a link.
///
/// # Errors
/// E506: the system says no.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    // A link stays; what it means is written.
    let target = if path.is_symlink() { path.canonicalize().map_err(io(path))? } else { path.to_path_buf() };
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        let mut there = fs::OpenOptions::new().write(true).open(&target).map_err(io(path))?;
        return there.write_all(bytes).and_then(|()| there.flush()).map_err(io(path));
    }
    let mut temporary = scratch::file_in(parent(&target)).map_err(io(path))?;
    temporary.write_all(bytes).map_err(io(path))?;
    if let Some(old) = old {
        fs::set_permissions(temporary.path(), old.permissions()).map_err(io(path))?;
    }
    temporary.persist(&target).map_err(|e| io(path)(e.error))?;
    Ok(())
}

/// Writes results, but never over what they were computed from.
///
/// # Errors
/// E108: the path is one of `inputs`. E506: the system says no.
pub fn write_result(path: &Path, bytes: &[u8], inputs: &[&Path]) -> Result<(), WriteError> {
    check_result(path, inputs)?;
    write_file(path, bytes)
}

/// # Errors
/// E108: the path is one of `inputs`, by whatever name.
pub fn check_result(path: &Path, inputs: &[&Path]) -> Result<(), WriteError> {
    let same = |other: &&&Path| match (same_file_id(path), same_file_id(other)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    };
    match inputs.iter().find(same) {
        Some(_) => Err(WriteError::Input { path: clean(&path.display().to_string()) }),
        None => Ok(()),
    }
}

/// What tells two files apart, whatever they are called.
#[cfg(unix)]
fn same_file_id(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|m| (m.dev(), m.ino()))
}

/// What tells two files apart.
#[cfg(not(unix))]
fn same_file_id(path: &Path) -> Option<std::path::PathBuf> {
    path.canonicalize().ok()
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
///
/// # Errors
/// E506: the system says no. E507, E508: the folder holds something else, or an earlier output.
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
    let work = scratch::folder_in(home).map_err(io(home))?;
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
