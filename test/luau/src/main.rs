//! `luau-check DEFINITIONS FOLDER`: type-checks every script in a folder, as Studio would with the new type solver.
//!
//! The folder is a DataModel, by Rojo's conventions: its folders are services and instances, `Name.server.luau` is a
//! Script, `Name.luau` a ModuleScript, `init…` the folder itself. Prints a JSON object a finding, and exits with 1 if
//! there is one, with 2 if it could not check.

mod checker;
mod tree;

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments == ["--version"] {
        println!("luau-check {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    let [definitions, folder] = arguments.as_slice() else {
        eprintln!("usage: luau-check DEFINITIONS FOLDER");
        return ExitCode::from(2);
    };
    match check(Path::new(definitions), Path::new(folder)) {
        Ok(findings) => {
            for finding in &findings {
                println!("{}", finding.to_json());
            }
            ExitCode::from(u8::from(!findings.is_empty()))
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn check(definitions: &Path, folder: &Path) -> Result<Vec<checker::Finding>, String> {
    let definitions = fs::read_to_string(definitions)
        .map_err(|error| format!("{}: {error}", definitions.display()))?;
    let root = tree::read(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    checker::check(
        &format!("{definitions}\n{}", root.declarations()),
        &root.scripts(),
    )
}
