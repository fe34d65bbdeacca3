// What nodes in Rust need of pflow/abi.h, the whole contract in C. `pflowc packages build` puts the
// structs of a package's own nodes behind it.
#[allow(unused_imports)]
use std::ffi::c_void;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct pf_str {
    pub data: *const u8,
    pub len: usize,
    pub owner: *mut c_void,
}

impl pf_str {
    /// Borrowed for the length of the call. Texts are UTF-8; `bytes` may be anything.
    pub unsafe fn bytes(&self) -> &[u8] {
        if self.len == 0 {
            &[]
        } else {
            std::slice::from_raw_parts(self.data, self.len)
        }
    }

    pub unsafe fn as_str(&self) -> &str {
        std::str::from_utf8_unchecked(self.bytes())
    }
}

#[repr(C)]
pub struct pf_list_head {
    pub count: i64,
    pub len: usize,
    pub capacity: usize,
    pub index: *mut c_void,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct pf_list {
    pub head: *mut pf_list_head,
}

impl pf_list {
    /// `T` is the struct of the element type; borrowed for the length of the call.
    pub unsafe fn elements<T>(&self) -> &[T] {
        if self.head.is_null() {
            &[]
        } else {
            std::slice::from_raw_parts(self.head.add(1) as *const T, (*self.head).len)
        }
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct pf_sum {
    pub variant: i64,
    pub r#box: pf_list,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union pf_json_value {
    pub boolean: bool,
    pub integer: i64,
    pub number: f64,
    pub text: pf_str,
    pub list: pf_list,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct pf_json {
    pub kind: u64,
    pub value: pf_json_value,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct pf_sql {
    pub text: pf_str,
    pub args: pf_list,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct pf_cmd {
    pub script: pf_str,
    pub args: pf_list,
}

#[repr(C)]
pub struct pf_call {
    _private: [u8; 0],
}
#[repr(C)]
pub struct pf_type {
    _private: [u8; 0],
}
#[repr(C)]
pub struct pf_site {
    _private: [u8; 0],
}
#[repr(C)]
pub struct pf_settings {
    _private: [u8; 0],
}
#[repr(C)]
pub struct pf_stream {
    _private: [u8; 0],
}
#[repr(C)]
pub struct pf_tool {
    _private: [u8; 0],
}

pub type pf_status = i32;
pub const PF_DONE: pf_status = 0;
pub const PF_PENDING: pf_status = 1;
pub const PF_FAILED: pf_status = 2;
pub const PF_END: pf_status = 3;

pub const PF_E_CONFIG: i32 = 2;
pub const PF_E_IO: i32 = 4;
pub const PF_E_NETWORK: i32 = 5;
pub const PF_E_TIMEOUT: i32 = 8;
pub const PF_E_PARSE: i32 = 10;
pub const PF_E_SCHEMA: i32 = 11;
pub const PF_E_VALUE: i32 = 12;
pub const PF_E_LIMIT: i32 = 15;

extern "C" {
    fn pf_str_copy(data: *const u8, len: usize) -> pf_str;
    fn pf_str_retain(text: pf_str);
    fn pf_fail(call: *mut pf_call, kind: i32, format: *const u8, ...) -> pf_status;
    pub fn pf_complete(call: *mut pf_call, status: pf_status);
}

/// A fresh text with a copy of the bytes, to be put into `out`.
pub fn text(bytes: &str) -> pf_str {
    unsafe { pf_str_copy(bytes.as_ptr(), bytes.len()) }
}

/// One more reference to a text, to be put into `out`.
pub unsafe fn share(text: pf_str) -> pf_str {
    pf_str_retain(text);
    text
}

/// Fails the call: the result of the node.
pub unsafe fn fail(call: *mut pf_call, kind: i32, message: &str) -> pf_status {
    pf_fail(call, kind, b"%.*s\0".as_ptr(), message.len() as i32, message.as_ptr())
}
