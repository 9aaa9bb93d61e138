//! The functions, on real numbers.

crate::choice! {
    /// What is computed.
    pub enum Function {
        /// `1 / (1 + exp(-x))`.
        Sigmoid = "sigmoid",
        /// `tanh(x)`.
        Tanh = "tanh",
        /// `x / (1 + exp(-x))`.
        Silu = "silu",
        /// `x (1 + erf(x / sqrt 2)) / 2`.
        Gelu = "gelu",
        /// `x clamp(x / 6 + 1 / 2, 0, 1)`.
        HardSwish = "hard-swish",
        /// `exp(x)`.
        Exp = "exp",
        /// `1 / sqrt(x)`; of what is not positive infinity.
        Rsqrt = "rsqrt",
        /// `1 / x`; of 0 infinity.
        Reciprocal = "reciprocal",
    }
}

impl Function {
    /// The function. Infinity where results have no end.
    pub fn of(self, x: f64) -> f64 {
        match self {
            Function::Sigmoid => 1.0 / (1.0 + libm::exp(-x)),
            Function::Tanh => libm::tanh(x),
            Function::Silu => x / (1.0 + libm::exp(-x)),
            Function::Gelu => x * 0.5 * (1.0 + libm::erf(x * std::f64::consts::FRAC_1_SQRT_2)),
            Function::HardSwish => x * (x / 6.0 + 0.5).clamp(0.0, 1.0),
            Function::Exp => libm::exp(x),
            Function::Rsqrt if x <= 0.0 => f64::INFINITY,
            Function::Rsqrt => 1.0 / libm::sqrt(x),
            Function::Reciprocal if x == 0.0 => f64::INFINITY,
            Function::Reciprocal => 1.0 / x,
        }
    }
}
