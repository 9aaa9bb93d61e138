//! Arrays of multiply-accumulate elements, and what scales blocks behind them.

pub mod bit_serial;
pub mod mac_array;
pub mod mx_array;
