//! What validation can say about a design (E4xx: a generator's or a block author's mistake).

use std::fmt;

/// One broken rule, with the module and the names involved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[allow(missing_docs)]
pub enum DesignError {
    #[error("E401 {module}: net `{net}` has no driver; help: drive it before finish()")]
    Undriven { module: String, net: String },
    #[error("E402 {module}: `{net}` is driven twice; help: select between the drivers with a mux")]
    MultiplyDriven { module: String, net: String },
    #[error("E403 {module}: {op} `{net}`: {rule}; help: widen with zext/sext or narrow with trunc")]
    Width { module: String, net: String, op: String, rule: String },
    #[error("E404 {module}: combinational loop through {path}; help: put a register on it")]
    CombinationalLoop { module: String, path: String },
    #[error("E405 {module}: illegal name `{name}`: {why}; help: try `{suggestion}`")]
    Name { module: String, name: String, why: String, suggestion: String },
    #[error("E406 {module}: register `{reg}` has no next value; help: call set() or set_when()")]
    NoNext { module: String, reg: String },
    #[error("E407 {module}: instance `{inst}`: input `{port}` is not connected; help: connect every input")]
    Unconnected { module: String, inst: String, port: String },
    #[error("E408 {module}: memory `{mem}`: {rule}; help: see docs/ir.md, memories")]
    Memory { module: String, mem: String, rule: String },
    #[error("E409 {module}: {place}: {what}; help: {help}")]
    Misuse { module: String, place: String, what: String, help: String },
    #[error("E410 {module}: stream `{stream}`: {rule}; help: see docs/stream.md")]
    Stream { module: String, stream: String, rule: String },
    #[error("E411 {module}: handle {handle} does not exist; help: use handles of the module that made them")]
    Dangling { module: String, handle: String },
}

/// All errors of a stage; at least one. Prints at most 100, one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reports<E>(pub Vec<E>);

impl<E: fmt::Display> fmt::Display for Reports<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, e) in self.0.iter().take(100).enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{e}")?;
        }
        if self.0.len() > 100 {
            write!(f, "\n... and {} more", self.0.len() - 100)?;
        }
        Ok(())
    }
}

impl<E: fmt::Display + fmt::Debug> std::error::Error for Reports<E> {}

impl<E> From<E> for Reports<E> {
    fn from(e: E) -> Self {
        Reports(vec![e])
    }
}
