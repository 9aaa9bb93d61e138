//! A block with its settings, as the command line gives them.

use niello_gen::blocks::{all, find, AnyBlock, Instance};

type Error = Box<dyn std::error::Error>;

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
pub fn block(name: &str) -> Result<Box<dyn AnyBlock>, Error> {
    let known = || all().iter().map(|b| b.about().name).collect::<Vec<_>>().join(", ");
    Ok(find(name).ok_or_else(|| format!("E310 no block `{}`; help: blocks are {}", name.escape_debug(), known()))?)
}

/// The checked configuration that settings name.
pub fn configure(config: &Config) -> Result<Box<dyn Instance>, Error> {
    let block = block(&config.name)?;
    let pair = |s: &String| -> Result<(String, String), Error> {
        let (k, v) = s
            .split_once('=')
            .ok_or_else(|| format!("E302 `{}` is not KEY=VALUE; help: --set bits=8", s.escape_debug()))?;
        Ok((k.trim().to_string(), v.trim().to_string()))
    };
    let settings = config.set.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    Ok(block.configure(&settings)?)
}
