//! A block with its settings, as the command line gives them.

use crate::Error;
use niello_gen::blocks::{AnyBlock, Instance};

use super::super::Output;

/// A block and its settings.
#[derive(clap::Args)]
pub struct Config {
    /// The block.
    pub name: String,
    /// Settings: --set key=value, as often as needed (or several after one --set).
    #[arg(long = "set", value_name = "KEY=VALUE", num_args = 1..)]
    pub set: Vec<String>,
}

/// The block of that name.
pub fn block<'o>(name: &str, out: &'o Output) -> Result<&'o dyn AnyBlock, Error> {
    let known = || out.blocks.iter().map(|b| b.about().name).collect::<Vec<_>>().join(", ");
    let found = out.blocks.iter().find(|b| b.about().name == name);
    found.map(|b| &**b).ok_or_else(|| {
        Error::new("E310", format!("no block `{}`", name.escape_debug()), format!("blocks are {}", known()))
    })
}

/// The checked configuration that settings name.
pub fn configure(config: &Config, out: &Output) -> Result<Box<dyn Instance>, Error> {
    let block = block(&config.name, out)?;
    let pair = |s: &String| -> Result<(String, String), Error> {
        let (k, v) = s
            .split_once('=')
            .ok_or_else(|| Error::new("E302", format!("`{}` is not KEY=VALUE", s.escape_debug()), "--set bits=8"))?;
        Ok((k.trim().to_string(), v.trim().to_string()))
    };
    let settings = config.set.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    Ok(block.configure(&settings)?)
}
