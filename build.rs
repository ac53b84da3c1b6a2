//! A new migration or template recompiles what embeds it.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
