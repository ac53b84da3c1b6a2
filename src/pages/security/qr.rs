//! QR codes as the path of an inline SVG.

use anyhow::Context;
use qrcodegen::{QrCode, QrCodeEcc};

/// The width of the white border, in modules (ISO/IEC 18004 §9.1).
const QUIET_ZONE: i32 = 4;

/// The dark modules of a QR code.
pub struct Qr {
    /// Width and height in modules, including the white border.
    pub size: i32,
    /// The `d` attribute of the SVG path.
    pub path: String,
}

impl Qr {
    pub fn of(text: &str) -> anyhow::Result<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).context("a QR code")?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
                if length > 0 {
                    path += &format!("M{} {}h{length}v1h-{length}z", x + QUIET_ZONE, y + QUIET_ZONE);
                }
                x += length.max(1);
            }
        }
        Ok(Self { size: code.size() + 2 * QUIET_ZONE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_white_around_it() {
        let qr = Qr::of("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        assert!(qr.path.contains(&format!("M{} 4h7v1h-7z", qr.size - 11)), "{}", qr.path);
        assert!(Qr::of(&"x".repeat(5_000)).is_err());
    }
}
