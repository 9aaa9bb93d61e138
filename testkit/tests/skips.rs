//! A skip is seen, counted, and an error where everything must be there. The test runs itself as a child, in another environment.
#![allow(non_snake_case)]

use std::process::{Command, Output};

/// What the child does: it skips itself, as the harness sees it.
#[test]
fn child__skips() {
    if std::env::var_os("NIELLO_TESTKIT_CHILD").is_some() {
        niello_testkit::tool("no such tool");
        assert_eq!(niello_testkit::there("/no/such/file"), None);
        assert_eq!(niello_testkit::found::<(), _>(Err("not found")), None);
    }
}

fn child(file: &std::path::Path, required: Option<&str>) -> Output {
    let mut c = Command::new(std::env::current_exe().unwrap());
    c.args(["--exact", "child__skips"]).env("NIELLO_TESTKIT_CHILD", "1").env("NIELLO_SKIPS", file);
    c.env_remove("NIELLO_REQUIRE_TOOLS").env_remove("NIELLO_REQUIRE_DATA");
    required.map(|r| c.env(r, "1"));
    c.output().unwrap()
}

#[test]
fn skips__are_seen_counted_and_errors_where_everything_must_be_there() {
    let file = std::env::temp_dir().join(format!("niello-skips-{}", std::process::id()));
    let o = child(&file, None);
    let (counted, shown) = (std::fs::read_to_string(&file).unwrap(), String::from_utf8_lossy(&o.stderr).into_owned());
    assert!(o.status.success());
    assert_eq!(counted.lines().count(), 3, "{counted}");
    assert!(shown.contains("SKIPPED child__skips: no such tool"), "past the harness' capture: {shown}");
    for required in ["NIELLO_REQUIRE_TOOLS", "NIELLO_REQUIRE_DATA"] {
        assert!(!child(&file, Some(required)).status.success(), "{required}");
    }
    std::fs::remove_file(file).unwrap();
}
