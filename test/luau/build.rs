//! Compiles `src/checker.cpp` against the headers of Luau, which are in the package of `luau-analyze`. That crate
//! exports no include paths, but Cargo knows where it is.

use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=src/checker.cpp");
    let metadata = Command::new(env::var("CARGO").expect("Cargo sets CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        // Packages for other platforms have not been downloaded.
        .args([
            "--filter-platform",
            &env::var("TARGET").expect("Cargo sets TARGET"),
        ])
        .output()
        .expect("cargo metadata starts");
    assert!(
        metadata.status.success(),
        "{}",
        String::from_utf8_lossy(&metadata.stderr)
    );
    let metadata = String::from_utf8(metadata.stdout).expect("cargo metadata writes UTF-8");
    let luau = Path::new(&package_folder(&metadata, "luau-analyze-")).join("luau");

    let mut build = cc::Build::new();
    build.cpp(true).std("c++17").warnings(false);
    for part in ["Analysis", "Config", "Compiler", "VM", "Ast", "Common"] {
        build.include(luau.join(part).join("include"));
    }
    build.file("src/checker.cpp").compile("luau_checker");
}

/// The folder of the only package in the registry whose folder's name begins with `prefix`.
fn package_folder(metadata: &str, prefix: &str) -> String {
    metadata
        .split("\"manifest_path\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|file| file.replace("\\\\", "\\"))
        .filter_map(|file| Path::new(&file).parent().map(Path::to_path_buf))
        .find(|folder| {
            folder
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(prefix))
        })
        .map(|folder| folder.to_string_lossy().into_owned())
        .unwrap_or_else(|| panic!("no package {prefix}* in cargo metadata"))
}
