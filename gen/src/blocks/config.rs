//! Configurations: every field with its doc line, legal range and default, written once.

use std::ops::RangeInclusive;

use crate::fault::Fault;
use crate::num::{RealRounding, Rounding, Scale};

/// A rejected configuration (E3xx).
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum ConfigError {
    UnknownField { block: &'static str, field: String, known: String },
    Unreadable { block: &'static str, field: String, value: String, legal: String },
    OutOfRange { block: &'static str, field: String, value: String, legal: String },
    Count { block: &'static str, field: &'static str, found: usize, expected: String, help: &'static str },
    TooWide { block: &'static str, what: &'static str, bits: u32, limit: u32, help: &'static str },
    DoesNotFit { block: &'static str, field: &'static str, value: i64, bits: u32 },
    EmptyRange { block: &'static str, low: &'static str, low_value: i64, high: &'static str, high_value: i64 },
    Scale { block: &'static str, scale: String, help: &'static str },
    NoEffect { block: &'static str, field: &'static str, value: u64, useful: u64 },
    NotServed { block: &'static str, field: &'static str, value: String, with: String },
}

impl ConfigError {
    /// With its code, place and help.
    pub fn fault(&self) -> Fault {
        match self {
            ConfigError::UnknownField { block, field, known } => {
                Fault::new("E301", format!("no field `{field}`")).at(*block).help(format!("fields are {known}"))
            }
            ConfigError::Unreadable { block, field, value, legal } => {
                Fault::new("E302", format!("{field}={value} cannot be read")).at(*block).help(format!("give {legal}"))
            }
            ConfigError::OutOfRange { block, field, value, legal } => {
                Fault::new("E303", format!("{field}={value} is out of range"))
                    .at(*block)
                    .help(format!("legal is {legal}"))
            }
            ConfigError::Count { block, field, found, expected, help } => {
                Fault::new("E304", format!("{field} has {found} values, {expected} are needed")).at(*block).help(*help)
            }
            ConfigError::TooWide { block, what, bits, limit, help } => {
                Fault::new("E305", format!("{what} needs {bits} bits, at most {limit} are supported"))
                    .at(*block)
                    .help(*help)
            }
            ConfigError::DoesNotFit { block, field, value, bits } => {
                Fault::new("E306", format!("{field} value {value} does not fit {bits} bits"))
                    .at(*block)
                    .help("widen the type or change the value")
            }
            ConfigError::EmptyRange { block, low, low_value, high, high_value } => {
                Fault::new("E307", format!("{low}={low_value} is above {high}={high_value}"))
                    .at(*block)
                    .help("swap them")
            }
            ConfigError::Scale { block, scale, help } => {
                Fault::new("E308", format!("scale {scale} is not usable")).at(*block).help(*help)
            }
            ConfigError::NoEffect { block, field, value, useful } => {
                Fault::new("E309", format!("{field}={value} does nothing beyond {useful}"))
                    .at(*block)
                    .help(format!("set it to {useful} or less"))
            }
            ConfigError::NotServed { block, field, value, with } => {
                Fault::new("E311", format!("{field}={value} is not served with {with}")).at(*block)
            }
        }
    }
}

crate::coded!(ConfigError);

impl ConfigError {
    /// The same error of another block: of one that has this one inside, with fields of the same names.
    pub fn of_block(mut self, name: &'static str) -> ConfigError {
        let (ConfigError::UnknownField { block, .. }
        | ConfigError::Unreadable { block, .. }
        | ConfigError::OutOfRange { block, .. }
        | ConfigError::Count { block, .. }
        | ConfigError::TooWide { block, .. }
        | ConfigError::DoesNotFit { block, .. }
        | ConfigError::EmptyRange { block, .. }
        | ConfigError::Scale { block, .. }
        | ConfigError::NoEffect { block, .. }
        | ConfigError::NotServed { block, .. }) = &mut self;
        *block = name;
        self
    }
}

/// Most elements of a frame, where a block's settings decide them: as many as a model's tensor may have.
pub const MOST_ELEMENTS: u64 = 1 << 26;
/// Most products a cycle.
pub const MOST_PRODUCTS: u64 = 1 << 16;
/// Most bits of a memory.
pub const MOST_BITS: u64 = 1 << 28;

/// A product of settings and the most that it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The product, as a user writes it.
    pub what: &'static str,
    /// Its factors.
    pub factors: Vec<u32>,
    /// The most.
    pub most: u64,
}

impl Bound {
    /// `what` is `factors`' product, at most `most`.
    pub fn new<const N: usize>(what: &'static str, factors: [u32; N], most: u64) -> Bound {
        Bound { what, factors: factors.to_vec(), most }
    }

    /// E303, if the product is larger.
    pub fn broken(&self, block: &'static str) -> Option<ConfigError> {
        let product = self.factors.iter().fold(1u128, |p, f| p.saturating_mul((*f).into()));
        let (field, value, legal) = (self.what.into(), product.to_string(), format!("at most {}", self.most));
        (product > self.most.into()).then_some(ConfigError::OutOfRange { block, field, value, legal })
    }
}

/// A type that a field may have.
pub trait Setting: Sized {
    /// Reads the text form.
    fn parse(text: &str) -> Option<Self>;
    /// The text form; [`Setting::parse`] reads it back exactly.
    fn show(&self) -> String;
    /// True if every number in it lies in the range.
    fn within(&self, range: &RangeInclusive<i64>) -> bool;
    /// What is legal, in words.
    fn legal(range: &RangeInclusive<i64>) -> String {
        format!("{}..={}", range.start(), range.end())
    }
}

macro_rules! number {
    ($($t:ty),*) => {$(
        impl Setting for $t {
            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
            fn show(&self) -> String {
                self.to_string()
            }
            fn within(&self, range: &RangeInclusive<i64>) -> bool {
                i64::try_from(*self).is_ok_and(|v| range.contains(&v))
            }
        }
    )*};
}
number!(u32, u64, i64);

/// Any finite number; the range bounds it.
impl Setting for f64 {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|v: &f64| v.is_finite())
    }
    fn show(&self) -> String {
        format!("{self:?}")
    }
    fn within(&self, range: &RangeInclusive<i64>) -> bool {
        (*range.start() as f64..=*range.end() as f64).contains(self)
    }
    fn legal(range: &RangeInclusive<i64>) -> String {
        format!("a number, {}..={}", range.start(), range.end())
    }
}

impl Setting for bool {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn show(&self) -> String {
        self.to_string()
    }
    fn within(&self, _: &RangeInclusive<i64>) -> bool {
        true
    }
    fn legal(_: &RangeInclusive<i64>) -> String {
        "true or false".into()
    }
}

impl<T: Setting> Setting for Vec<T> {
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            Some(Vec::new())
        } else {
            text.split(',').map(|t| T::parse(t.trim())).collect()
        }
    }
    fn show(&self) -> String {
        self.iter().map(Setting::show).collect::<Vec<_>>().join(",")
    }
    fn within(&self, range: &RangeInclusive<i64>) -> bool {
        self.iter().all(|v| v.within(range))
    }
    fn legal(range: &RangeInclusive<i64>) -> String {
        format!("values separated by commas, each {}", T::legal(range))
    }
}

impl Setting for Rounding {
    fn parse(text: &str) -> Option<Self> {
        Rounding::ALL.into_iter().find(|r| r.to_string() == text)
    }
    fn show(&self) -> String {
        self.to_string()
    }
    fn within(&self, _: &RangeInclusive<i64>) -> bool {
        true
    }
    fn legal(_: &RangeInclusive<i64>) -> String {
        Rounding::ALL.map(|r| r.to_string()).join(" | ")
    }
}

/// `tflite-double:M:S`, `real-half-away:X`, `mean-half-away:N`, `float32-half-even:X`, `float32-zero-inside:X:Z`,
/// `affine:GAIN:OFFSET:ROUNDING`, `float32-sum:X:OFFSET:Y`, `float32-mean:FRACTION:COUNT:X:Z`, `half-up:M:S`, `half-even:M:S`, `floor:M:S`.
impl Setting for Scale {
    fn parse(text: &str) -> Option<Self> {
        let mut part = text.split(':');
        let (kind, first, second) = (part.next()?, part.next()?, part.next());
        let int = |t: Option<&str>| t?.parse::<i64>().ok();
        match kind {
            "tflite-double" => {
                Some(Scale::TfliteDouble { multiplier: first.parse().ok()?, shift: int(second)?.try_into().ok()? })
            }
            "real-half-away" => Some(Scale::RealHalfAway(first.parse().ok()?)),
            "mean-half-away" => Some(Scale::MeanHalfAway(first.parse().ok()?)),
            "float32-half-even" => Some(Scale::Float32HalfEven(first.parse().ok()?)),
            "float32-zero-inside" => Some(Scale::Float32ZeroInside { scale: first.parse().ok()?, zero: int(second)? }),
            "affine" => {
                let rounding = part.next()?;
                let rounding = RealRounding::ALL.into_iter().find(|r| r.name() == rounding)?;
                Some(Scale::Affine { gain: first.parse().ok()?, offset: second?.parse().ok()?, rounding })
            }
            "float32-sum" => {
                let (scale, offset, to) = (first.parse().ok()?, second?.parse().ok()?, part.next()?.parse().ok()?);
                Some(Scale::Float32Sum { scale, offset, to })
            }
            "float32-mean" => {
                let (scale, zero) = (part.next()?.parse().ok()?, part.next()?.parse().ok()?);
                Some(Scale::Float32Mean { fraction: first.parse().ok()?, count: second?.parse().ok()?, scale, zero })
            }
            "half-up" => Some(Scale::HalfUp { multiplier: first.parse().ok()?, shift: int(second)?.try_into().ok()? }),
            "half-even" => {
                Some(Scale::HalfEven { multiplier: first.parse().ok()?, shift: int(second)?.try_into().ok()? })
            }
            "floor" => Some(Scale::Floor { multiplier: first.parse().ok()?, shift: int(second)?.try_into().ok()? }),
            _ => None,
        }
    }
    fn show(&self) -> String {
        let name = self.name();
        match *self {
            Scale::TfliteDouble { multiplier, shift } => format!("{name}:{multiplier}:{shift}"),
            Scale::RealHalfAway(m) => format!("{name}:{m:?}"),
            Scale::Float32HalfEven(m) => format!("{name}:{m:?}"),
            Scale::Float32ZeroInside { scale, zero } => format!("{name}:{scale:?}:{zero}"),
            Scale::MeanHalfAway(n) => format!("{name}:{n}"),
            Scale::Affine { gain, offset, rounding } => format!("{name}:{gain:?}:{offset:?}:{}", rounding.name()),
            Scale::Float32Sum { scale, offset, to } => format!("{name}:{scale:?}:{offset:?}:{to:?}"),
            Scale::Float32Mean { fraction, count, scale, zero } => {
                format!("{name}:{fraction}:{count}:{scale:?}:{zero}")
            }
            Scale::HalfUp { multiplier, shift }
            | Scale::HalfEven { multiplier, shift }
            | Scale::Floor { multiplier, shift } => {
                format!("{name}:{multiplier}:{shift}")
            }
        }
    }
    fn within(&self, _: &RangeInclusive<i64>) -> bool {
        true
    }
    fn legal(_: &RangeInclusive<i64>) -> String {
        "tflite-double:M:S | real-half-away:X | mean-half-away:N | float32-half-even:X | float32-zero-inside:X:Z | \
         affine:GAIN:OFFSET:ROUNDING | float32-sum:X:OFFSET:Y | half-up:M:S | half-even:M:S | floor:M:S"
            .into()
    }
}

/// Declares an enumeration that is a setting: each variant with its text form.
#[macro_export]
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $( $(#[doc = $doc:literal])+ $variant:ident = $text:literal, )+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $( $(#[doc = $doc])+ $variant, )+ }

        impl $name {
            /// Every choice, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The text form.
            pub fn text(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        impl $crate::blocks::Setting for $name {
            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|c| c.text() == text)
            }
            fn show(&self) -> String {
                self.text().into()
            }
            fn within(&self, _: &std::ops::RangeInclusive<i64>) -> bool {
                true
            }
            fn legal(_: &std::ops::RangeInclusive<i64>) -> String {
                Self::ALL.iter().map(|c| c.text()).collect::<Vec<_>>().join(" | ")
            }
        }
    };
}

/// A field, described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name in settings, reports and headers.
    pub name: &'static str,
    /// What it means.
    pub doc: String,
    /// What is legal.
    pub legal: String,
    /// The default's text form.
    pub default: String,
}

/// What `config!` derives for a configuration.
pub trait Settings: Sized {
    /// Every field in declaration order.
    fn fields() -> Vec<Field>;
    /// Current values as text, in declaration order.
    fn values(&self) -> Vec<(&'static str, String)>;
    /// The defaults, changed by the given settings.
    ///
    /// # Errors
    /// E301, E302: a name or a value that is none of the block's.
    fn from_settings(block: &'static str, settings: &[(String, String)]) -> Result<Self, Vec<ConfigError>>;
    /// Fields outside of their own range.
    fn out_of_range(&self, block: &'static str) -> Vec<ConfigError>;
}

/// Declares a configuration: `/// doc`, `name: type = default, in lo..=hi;` for each field.
#[macro_export]
macro_rules! config {
    ($(#[$meta:meta])* pub struct $name:ident { $(
        $(#[doc = $doc:literal])+ $field:ident: $t:ty = $default:expr $(, in $legal:expr)?;
    )* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $( $(#[doc = $doc])+ pub $field: $t, )* }

        impl Default for $name {
            fn default() -> Self {
                $name { $( $field: $default, )* }
            }
        }

        impl $crate::blocks::Settings for $name {
            fn fields() -> Vec<$crate::blocks::Field> {
                let d = $name::default();
                vec![ $( $crate::blocks::Field {
                    name: stringify!($field),
                    doc: concat!($($doc),+).trim().to_string(),
                    legal: <$t as $crate::blocks::Setting>::legal(&$crate::config!(@range $($legal)?)),
                    default: $crate::blocks::Setting::show(&d.$field),
                }, )* ]
            }
            fn values(&self) -> Vec<(&'static str, String)> {
                vec![ $( (stringify!($field), $crate::blocks::Setting::show(&self.$field)), )* ]
            }
            fn from_settings(block: &'static str, settings: &[(String, String)]) -> Result<Self, Vec<$crate::blocks::ConfigError>> {
                let (mut config, mut errors) = ($name::default(), Vec::new());
                for (key, value) in settings {
                    match key.as_str() {
                        $( stringify!($field) => match <$t as $crate::blocks::Setting>::parse(value) {
                            Some(v) => config.$field = v,
                            None => errors.push($crate::blocks::ConfigError::Unreadable {
                                block, field: key.clone(), value: value.clone(),
                                legal: <$t as $crate::blocks::Setting>::legal(&$crate::config!(@range $($legal)?)),
                            }),
                        }, )*
                        _ => errors.push($crate::blocks::ConfigError::UnknownField {
                            block, field: key.clone(), known: [$(stringify!($field)),*].join(", "),
                        }),
                    }
                }
                if errors.is_empty() { Ok(config) } else { Err(errors) }
            }
            fn out_of_range(&self, block: &'static str) -> Vec<$crate::blocks::ConfigError> {
                let mut errors = Vec::new();
                $( {
                    let range = $crate::config!(@range $($legal)?);
                    if !$crate::blocks::Setting::within(&self.$field, &range) {
                        errors.push($crate::blocks::ConfigError::OutOfRange {
                            block, field: stringify!($field).into(),
                            value: $crate::blocks::Setting::show(&self.$field),
                            legal: <$t as $crate::blocks::Setting>::legal(&range),
                        });
                    }
                } )*
                errors
            }
        }
    };
    (@range) => { i64::MIN..=i64::MAX };
    (@range $legal:expr) => { $legal };
}
