//! Files and folders that become something else when they are whole. A run that is killed leaves them behind; the next one that writes to the
//! same place takes them away.

use std::fs::{self, Permissions};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use niello_gen::ir::Fnv;
use tempfile::{Builder, NamedTempFile, TempDir};

/// What all names begin with.
const PREFIX: &str = ".niello-tmp-";
/// A leftover of another machine, or of one that was started anew, is nobody's after this time.
const OLD: Duration = Duration::from_secs(24 * 3600);

/// A folder in another one, removed when it is dropped.
///
/// # Errors
/// The system's own.
pub fn folder_in(home: &Path) -> io::Result<TempDir> {
    sweep(home);
    Builder::new().prefix(&own_prefix()).tempdir_in(home)
}

/// A file in a folder, removed when it is dropped; its permissions are those that the user's mask gives to new files.
///
/// # Errors
/// The system's own.
pub fn file_in(home: &Path) -> io::Result<NamedTempFile> {
    sweep(home);
    let prefix = own_prefix();
    let mut builder = Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(home)
}

/// Prefix, place, process: only this machine can say whether its process still lives.
fn own_prefix() -> String {
    format!("{PREFIX}{}-{}-", place(), std::process::id())
}

/// This machine since it was started, and the name space of its processes.
fn place() -> &'static str {
    static PLACE: OnceLock<String> = OnceLock::new();
    PLACE.get_or_init(|| {
        let mut h = Fnv::default();
        fs::read("/proc/sys/kernel/random/boot_id").unwrap_or_default().hash(&mut h);
        fs::read_link("/proc/self/ns/pid").unwrap_or_default().hash(&mut h);
        format!("{:016x}", h.finish())
    })
}

/// Takes away what no living process owns.
fn sweep(home: &Path) {
    for entry in fs::read_dir(home).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|n| n.strip_prefix(PREFIX)) else { continue };
        let mut parts = rest.split('-');
        let (there, process) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let dead = there == place() && Path::new("/proc/self").exists() && !Path::new("/proc").join(process).exists();
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok());
        if dead || age.is_some_and(|a| a > OLD) {
            let path = entry.path();
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers__of_dead_processes_go_and_those_of_living_ones_stay() {
        let home = tempfile::tempdir().unwrap();
        // No process has a number that large.
        let dead = home.path().join(format!("{PREFIX}{}-4294967295-abc", place()));
        let (elsewhere, living) = (home.path().join(format!("{PREFIX}0-1-abc")), folder_in(home.path()).unwrap());
        let other = home.path().join(".tmpother");
        for folder in [&dead, &elsewhere, &other] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("x"), "x").unwrap();
        }
        let file = file_in(home.path()).unwrap();
        let there = |p: &Path| p.exists();
        assert_eq!([there(&dead), there(&elsewhere), there(&other)], [false, true, true]);
        assert!(there(living.path()) && there(file.path()));
        drop((living, file));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn file_in__has_the_permissions_of_other_new_files() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let other = home.path().join("other");
        fs::write(&other, "").unwrap();
        let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(file_in(home.path()).unwrap().path()), mode(&other));
    }
}
