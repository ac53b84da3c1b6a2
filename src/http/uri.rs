//! Percent-encoding in addresses.

use percent_encoding::{AsciiSet, CONTROLS};

/// Characters to escape in a query or a fragment (RFC 3986 §3.4 and §3.5).
pub const QUERY_OR_FRAGMENT: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
