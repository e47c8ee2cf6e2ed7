//! The folder of scripts as a tree of instances, and the types of these instances.

use std::{collections::BTreeMap, fs, io, path::Path};

/// An instance. The root is the DataModel, its children are services.
#[derive(Default)]
pub struct Node {
    path: Vec<String>,
    code: Option<Code>,
    children: BTreeMap<String, Node>,
}

#[derive(Clone)]
struct Code {
    source: String,
    is_module: bool,
}

pub struct Script {
    /// Names of instances from the service on, with slashes.
    pub path: String,
    pub source: String,
    pub is_module: bool,
    pub type_name: String,
}

pub fn read(folder: &Path) -> io::Result<Node> {
    let mut root = Node::default();
    root.read(folder)?;
    Ok(root)
}

impl Node {
    fn read(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                self.child(&name).read(&entry.path())?;
            } else if let Some((name, is_module)) = script_name(&name) {
                let code = Some(Code {
                    source: fs::read_to_string(entry.path())?,
                    is_module,
                });
                if name == "init" {
                    self.code = code
                } else {
                    self.child(name).code = code
                }
            }
        }
        Ok(())
    }

    fn child(&mut self, name: &str) -> &mut Node {
        let path = self.path.iter().cloned().chain([name.to_owned()]).collect();
        self.children
            .entry(name.to_owned())
            .or_insert_with(|| Node {
                path,
                ..Node::default()
            })
    }

    pub fn scripts(&self) -> Vec<Script> {
        let own = self.code.clone().map(|Code { source, is_module }| Script {
            path: self.path.join("/"),
            source,
            is_module,
            type_name: self.type_name(),
        });
        own.into_iter()
            .chain(self.children.values().flat_map(Node::scripts))
            .collect()
    }

    /// Declares a type for every instance, so that children are known by name.
    pub fn declarations(&self) -> String {
        let services: String = self
            .children
            .keys()
            .map(|name| format!("\t{name}: {name}\n"))
            .collect();
        let game = format!(
            "declare extern type Game extends DataModel with\n{services}end\ndeclare game: Game\n"
        );
        self.children
            .values()
            .map(Node::declare)
            .collect::<String>()
            + &game
    }

    fn declare(&self) -> String {
        let class = match &self.code {
            None => "Instance",
            Some(code) if code.is_module => "ModuleScript",
            Some(_) => "Script",
        };
        let parent = match self.path.as_slice() {
            [_service] => "Game".to_owned(),
            [path @ .., _own] => type_name(path),
            [] => unreachable!("the DataModel is declared otherwise"),
        };
        let children: String = self
            .children
            .iter()
            .map(|(name, node)| format!("\t{name}: {}\n", node.type_name()))
            .collect();
        let own = self.type_name();
        let declaration = format!(
            "declare extern type {own} extends {class} with\n\tParent: {parent}\n{children}end\n"
        );
        self.children
            .values()
            .map(Node::declare)
            .collect::<String>()
            + &declaration
    }

    fn type_name(&self) -> String {
        type_name(&self.path)
    }
}

/// A service's type has its own name, so that definitions can mention it.
fn type_name(path: &[String]) -> String {
    path.join("_")
}

fn script_name(file: &str) -> Option<(&str, bool)> {
    let name = file
        .strip_suffix(".luau")
        .filter(|name| !name.ends_with(".d"))?;
    Some(
        name.strip_suffix(".server")
            .map_or((name, true), |name| (name, false)),
    )
}
