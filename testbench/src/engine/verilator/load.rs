//! The loaded library: the only foreign code in this process, behind a checked ABI string.

use std::ffi::{c_char, c_int, c_void, CStr, CString};
use std::path::Path;

use crate::batch::{Batch, Breach, Fill, Received, Status, Trace};
use crate::engine::EngineError;
use crate::streams::Border;

#[repr(C)]
struct CSource {
    words: *const u64,
    beats: u64,
    stall: *const u64,
    stall_bits: u64,
}

#[repr(C)]
struct CSink {
    stall: *const u64,
    stall_bits: u64,
    after_valid: u64,
    expect: u64,
}

#[repr(C)]
struct CReset {
    start: u64,
    length: u64,
    resume: *const u64,
}

#[repr(C)]
struct CBatch {
    sources: *const CSource,
    sinks: *const CSink,
    resets: *const CReset,
    n_resets: u64,
    drain: u64,
    watchdog: u64,
    max_cycles: u64,
    select: u64,
}

#[repr(C)]
struct CBreach {
    cycle: u64,
    sink: u64,
    rule: u64,
}

#[repr(C)]
struct CResult {
    status: u64,
    cycles: u64,
    n_breaches: u64,
    breaches: *const CBreach,
}

type New = unsafe extern "C" fn(c_int, c_int, *const c_char) -> *mut c_void;
type Delete = unsafe extern "C" fn(*mut c_void);
type Text = unsafe extern "C" fn(*mut c_void) -> *const c_char;
type RunBatch = unsafe extern "C" fn(*mut c_void, *const CBatch, *mut CResult);
type List = unsafe extern "C" fn(*mut c_void, u64, *mut u64) -> *const u64;

/// A model's functions.
pub struct Library {
    new: New,
    delete: Delete,
    error: Text,
    run: RunBatch,
    accepted: List,
    received: List,
    received_cycles: List,
    // Last, so that the functions go before the library.
    _library: libloading::Library,
}

impl Library {
    /// Loads a model and checks that it is the one that was asked for.
    pub fn open(path: &Path, abi: &str) -> Result<Library, EngineError> {
        let garbled = |what: String| EngineError::Garbled { tool: "the model library".into(), what };
        // SAFETY: the file was built by this program from its own template; its initializers are Verilator's.
        let library = unsafe { libloading::Library::new(path) }.map_err(|e| garbled(e.to_string()))?;
        macro_rules! function {
            ($name:literal, $t:ty) => {
                // SAFETY: the template defines this function with this type; the ABI string guards the version.
                *unsafe { library.get::<$t>($name) }.map_err(|e| garbled(e.to_string()))?
            };
        }
        let answer = function!(b"nl_abi\0", unsafe extern "C" fn() -> *const c_char);
        // SAFETY: it returns a string literal.
        let answer = unsafe { CStr::from_ptr(answer()) }.to_string_lossy().into_owned();
        if answer != abi {
            return Err(garbled(format!("it answers `{answer}` instead of `{abi}`")));
        }
        Ok(Library {
            new: function!(b"nl_new\0", New),
            delete: function!(b"nl_delete\0", Delete),
            error: function!(b"nl_error\0", Text),
            run: function!(b"nl_run\0", RunBatch),
            accepted: function!(b"nl_accepted\0", List),
            received: function!(b"nl_received\0", List),
            received_cycles: function!(b"nl_received_cycles\0", List),
            _library: library,
        })
    }

    /// Runs a batch on a fresh model, with `select` at its selector if it has one.
    pub fn run(&self, select: u64, batch: &Batch, border: &Border, trace: Option<&Path>) -> Result<Trace, EngineError> {
        let (fill, seed) = match batch.fill {
            Fill::Zeros => (0, 1),
            Fill::Ones => (1, 1),
            Fill::Seed(s) => (2, (s % 0x7fff_fffe) as c_int + 1),
        };
        let file = CString::new(trace.map_or(String::new(), |p| p.display().to_string())).unwrap_or_default();
        // SAFETY: `new` returns a model that `delete` frees; between them it is used from this thread only.
        unsafe {
            let model = (self.new)(fill, seed, file.as_ptr());
            let result = self.run_on(model, select, batch, border);
            (self.delete)(model);
            result
        }
    }

    /// # Safety
    /// `model` must come from `self.new` and not be deleted.
    unsafe fn run_on(
        &self,
        model: *mut c_void,
        select: u64,
        batch: &Batch,
        border: &Border,
    ) -> Result<Trace, EngineError> {
        let sources: Vec<CSource> = batch
            .sources
            .iter()
            .map(|s| CSource {
                words: s.words.as_ptr(),
                beats: s.beats as u64,
                stall: s.stall.words().as_ptr(),
                stall_bits: s.stall.period() as u64,
            })
            .collect();
        let sinks: Vec<CSink> = batch
            .sinks
            .iter()
            .map(|s| CSink {
                stall: s.stall.words().as_ptr(),
                stall_bits: s.stall.period() as u64,
                after_valid: u64::from(s.after_valid),
                expect: s.expect as u64,
            })
            .collect();
        let resume: Vec<Vec<u64>> = batch.resets.iter().map(|r| r.resume.iter().map(|b| *b as u64).collect()).collect();
        let resets: Vec<CReset> = batch
            .resets
            .iter()
            .zip(&resume)
            .map(|(r, p)| CReset { start: r.start, length: r.length, resume: p.as_ptr() })
            .collect();
        let c_batch = CBatch {
            sources: sources.as_ptr(),
            sinks: sinks.as_ptr(),
            resets: resets.as_ptr(),
            n_resets: resets.len() as u64,
            drain: batch.drain,
            watchdog: batch.watchdog,
            max_cycles: batch.max_cycles,
            select,
        };
        let mut r = CResult { status: 2, cycles: 0, n_breaches: 0, breaches: std::ptr::null() };
        (self.run)(model, &c_batch, &mut r);
        let error = CStr::from_ptr((self.error)(model)).to_string_lossy().into_owned();
        if !error.is_empty() {
            return Err(EngineError::Garbled { tool: "the Verilator model".into(), what: error });
        }
        let list = |f: List, i: usize| {
            let mut n = 0;
            let p = f(model, i as u64, &mut n);
            if n == 0 {
                Vec::new()
            } else {
                std::slice::from_raw_parts(p, n as usize).to_vec()
            }
        };
        let breaches =
            if r.n_breaches == 0 { &[] } else { std::slice::from_raw_parts(r.breaches, r.n_breaches as usize) };
        Ok(Trace {
            status: [Status::Done, Status::Hang, Status::TimedOut][r.status.min(2) as usize],
            cycles: r.cycles,
            accepted: (0..border.sources.len()).map(|i| list(self.accepted, i)).collect(),
            received: (0..border.sinks.len())
                .map(|i| Received { words: list(self.received, i), cycles: list(self.received_cycles, i) })
                .collect(),
            breaches: breaches
                .iter()
                .map(|b| (b.cycle, b.sink as usize, if b.rule == 0 { Breach::Withdrawn } else { Breach::Unstable }))
                .collect(),
        })
    }
}
