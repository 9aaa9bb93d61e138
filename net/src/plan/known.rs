//! What all plans of a search share: the next one mostly has the same blocks.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use niello_gen::blocks::{BlockConfig, Checked, ConfigError, Contract};
use niello_gen::device::DeviceModel;
use niello_gen::ir::Reports;

use super::Zeros;

/// The device, and the blocks that layers were given last.
pub struct Known<'a> {
    /// What is planned for.
    pub device: &'a DeviceModel,
    /// What becomes of weights that are zero.
    pub zeros: Zeros,
    /// By node and role: of what type hangs on the role.
    made: RefCell<BTreeMap<(usize, String), Box<dyn Any>>>,
}

/// A checked configuration, or why there is none.
pub type Found<C> = Result<Arc<Checked<C>>, Reports<ConfigError>>;

/// What was made of a configuration.
struct Made<C: BlockConfig> {
    config: C,
    found: Found<C>,
    /// For frames of so many elements.
    timed: Option<(u32, Contract)>,
}

impl<'a> Known<'a> {
    /// Nothing is known yet.
    pub fn new(device: &'a DeviceModel, zeros: Zeros) -> Known<'a> {
        Known { device, zeros, made: RefCell::default() }
    }

    /// A configuration, checked: the node's last one in this role gives what did not change.
    pub fn check<C: BlockConfig>(&self, node: usize, role: &str, config: C) -> Found<C> {
        let key = (node, role.to_string());
        let mut made = self.made.borrow_mut();
        let before: Option<&Made<C>> = made.get(&key).and_then(|m| m.downcast_ref());
        let found = match before {
            Some(m) if m.config == config => return m.found.clone(),
            Some(Made { found: Ok(earlier), .. }) => earlier.changed(config.clone()),
            _ => Checked::new(config.clone()),
        };
        let found = found.map(Arc::new);
        made.insert(key, Box::new(Made { config, found: found.clone(), timed: None }));
        found
    }

    /// Timing of a block on frames of so many elements.
    pub fn contract<C: BlockConfig>(
        &self,
        node: usize,
        role: &str,
        block: &Arc<Checked<C>>,
        elements: u32,
    ) -> Contract {
        let contract = || C::contract(block, &[vec![0; elements as usize]]);
        let mut made = self.made.borrow_mut();
        let entry = made.get_mut(&(node, role.to_string())).and_then(|m| m.downcast_mut::<Made<C>>());
        let Some(m) = entry.filter(|m| m.found.as_ref().is_ok_and(|b| Arc::ptr_eq(b, block))) else {
            return contract();
        };
        match m.timed {
            Some((n, known)) if n == elements => known,
            _ => m.timed.insert((elements, contract())).1,
        }
    }
}
