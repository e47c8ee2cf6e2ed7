//! Calls `checker.cpp`.

use std::ffi::{CStr, CString, c_char, c_void};

// Links Luau's Analysis library, which `checker.cpp` uses.
use luau_analyze as _;

use crate::tree::Script;

pub struct Finding {
    /// Path of the instance, or `definitions`.
    file: String,
    /// From 1.
    line: u32,
    column: u32,
    is_error: bool,
    message: String,
}

type Report = extern "C" fn(*mut c_void, *const c_char, u32, u32, bool, *const c_char);

unsafe extern "C" {
    fn checker_new() -> *mut c_void;
    fn checker_free(checker: *mut c_void);
    fn checker_define(
        checker: *mut c_void,
        definitions: *const c_char,
        add: Report,
        list: *mut c_void,
    );
    fn checker_add(
        checker: *mut c_void,
        path: *const c_char,
        source: *const c_char,
        is_module: bool,
        type_name: *const c_char,
    );
    fn checker_run(checker: *mut c_void, add: Report, list: *mut c_void);
}

/// If the definitions have errors, only these are reported.
pub fn check(definitions: &str, scripts: &[Script]) -> Result<Vec<Finding>, String> {
    let definitions = c_string(definitions)?;
    let mut findings: Vec<Finding> = Vec::new();
    let list = (&raw mut findings).cast();
    // SAFETY: strings and list live until the calls return, and the checker is freed once.
    unsafe {
        let checker = checker_new();
        checker_define(checker, definitions.as_ptr(), add_finding, list);
        if findings.is_empty() {
            for script in scripts {
                let [path, source, of] =
                    [&script.path, &script.source, &script.type_name].map(|text| c_string(text));
                checker_add(
                    checker,
                    path?.as_ptr(),
                    source?.as_ptr(),
                    script.is_module,
                    of?.as_ptr(),
                );
            }
            checker_run(checker, add_finding, list);
        }
        checker_free(checker);
    }
    Ok(findings)
}

extern "C" fn add_finding(
    list: *mut c_void,
    file: *const c_char,
    line: u32,
    column: u32,
    is_error: bool,
    message: *const c_char,
) {
    // SAFETY: `list` is what `check` passed in, and the strings live until this returns.
    let (findings, file, message) = unsafe {
        (
            &mut *list.cast::<Vec<Finding>>(),
            CStr::from_ptr(file),
            CStr::from_ptr(message),
        )
    };
    findings.push(Finding {
        file: file.to_string_lossy().into_owned(),
        line,
        column,
        is_error,
        message: message.to_string_lossy().into_owned(),
    });
}

fn c_string(text: &str) -> Result<CString, String> {
    CString::new(text).map_err(|_| "a script contains a zero character".to_owned())
}

impl Finding {
    pub fn to_json(&self) -> String {
        let severity = if self.is_error { "error" } else { "warning" };
        format!(
            r#"{{"file":{},"line":{},"column":{},"severity":"{severity}","message":{}}}"#,
            json(&self.file),
            self.line,
            self.column,
            json(&self.message)
        )
    }
}

fn json(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|character| match character {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            character if character < ' ' => format!("\\u{:04x}", u32::from(character)),
            character => character.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}
