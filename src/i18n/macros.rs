//! What declares the texts of a feature.

/// Declares a struct of texts, each in English and in Korean.
macro_rules! texts {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $en:literal, $ko:literal;)+ }) => {
        $(#[$meta])*
        pub struct $name {
            $(pub $field: &'static str,)+
        }

        impl $name {
            pub const EN: Self = Self { $($field: $en,)+ };
            pub const KO: Self = Self { $($field: $ko,)+ };
        }
    };
}
