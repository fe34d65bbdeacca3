/* The binary contract between compiled flows, node packages and the runtime.
 * Plain C. Layouts here are mirrored by code generation (codegen/layout.h);
 * the functions that generated code calls are listed in abi.def. */
#ifndef PFLOW_ABI_H
#define PFLOW_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PF_ABI_VERSION 1

/* ---- values -------------------------------------------------------------- */

/* Head of every counted block. Counts are not atomic: one thread owns them. */
typedef struct pf_owner {
  int64_t count;
  size_t capacity; /* bytes after the head */
} pf_owner;

/* Text and bytes: immutable; slices share an owner; literals have none.
 * Also path, secret and literal unions. All zero is the empty text. */
typedef struct pf_str {
  const char* data;
  size_t len;
  pf_owner* owner;
} pf_str;

/* A list is one pointer to this head, elements behind it, 16-byte aligned.
 * Null is the empty list. */
typedef struct pf_list_head {
  int64_t count; /* references */
  size_t len;
  size_t capacity; /* elements */
  size_t reserved;
} pf_list_head;
typedef struct pf_list {
  pf_list_head* head;
} pf_list;

/* A shell command: a script with "${1}"-style holes and their values. */
typedef struct pf_cmd {
  pf_str script;
  pf_list args; /* of pf_str */
} pf_cmd;

/* One literal piece of a command template and the hole after it. */
typedef struct pf_type pf_type;
typedef struct pf_cmd_piece {
  pf_str text;
  const pf_type* hole; /* null after the last piece; a list of str is many words */
  bool begins_word;    /* a value starting with `-` is refused (numbers exempt) … */
  bool after_dashes;   /* … unless a literal `--` stands before it */
} pf_cmd_piece;

/* int: int64_t. float: double. bool: bool. duration: int64_t nanoseconds.
 * T?: struct { T value; bool has; }, all zero for none. Records: their fields
 * in order, with C's layout. */

/* ---- type descriptors ------------------------------------------------------ */

typedef enum pf_kind {
  PF_STR,
  PF_BYTES,
  PF_INT,
  PF_FLOAT,
  PF_BOOL,
  PF_DURATION,
  PF_PATH,
  PF_SECRET,
  PF_CMD,
  PF_LIST,
  PF_OPT,
  PF_UNION,
  PF_RECORD
} pf_kind;

typedef struct pf_field {
  const char* name;
  const char* wire; /* name in JSON */
  const pf_type* type;
  uint32_t offset;
} pf_field;
struct pf_type {
  uint32_t kind; /* pf_kind */
  uint32_t size;
  uint32_t align;
  uint32_t counted;       /* 1 when a value may own counted memory */
  const char* name;       /* as the user writes it */
  const pf_type* element; /* list, optional */
  uint32_t count;         /* fields or literals */
  const pf_field* fields; /* record */
  const pf_str* literals; /* union */
};

/* ---- where things stand in the source ---------------------------------------- */

typedef struct pf_literal {
  const char* port;
  const char* text; /* null: computed at run time */
} pf_literal;

typedef struct pf_site {
  const char* id;   /* survives edits elsewhere; may be "" */
  const char* node; /* node or flow name; may be "" */
  const char* file;
  const char* source;            /* the whole line */
  uint32_t line, column, length; /* 1-based; columns and length in code points */
  uint32_t literal_count;
  const pf_literal* literals; /* ports with a literal or computed argument */
} pf_site;

/* ---- failures ------------------------------------------------------------------ */

typedef enum pf_error_kind {
  PF_E_USAGE = 1,
  PF_E_CONFIG,
  PF_E_KEY,
  PF_E_IO,
  PF_E_NETWORK,
  PF_E_HTTP,
  PF_E_RATE_LIMIT,
  PF_E_TIMEOUT,
  PF_E_CANCELLED,
  PF_E_PARSE,
  PF_E_SCHEMA,
  PF_E_VALUE,
  PF_E_MODEL,
  PF_E_TOOL,
  PF_E_LIMIT,
  PF_E_INTERNAL,
  PF_E_USER
} pf_error_kind; /* the code is PF09nn with nn the number here */

typedef enum pf_status { PF_DONE = 0, PF_PENDING = 1, PF_FAILED = 2 } pf_status;

/* The record behind `error` in a flow. */
typedef struct pf_error_value {
  pf_str message;
  pf_str kind;
  pf_str node;
  int64_t attempt;
} pf_error_value;

/* ---- calls and frames -------------------------------------------------------------- */

typedef struct pf_call pf_call;
typedef struct pf_frame pf_frame;

/* One run of a node. Lives in the caller's frame while the node is pending, so
 * its address is stable until completion. Node authors use the functions below.
 * The caller sets `site` and `frame` and clears the rest before each run. */
struct pf_call {
  const pf_site* site;
  pf_frame* frame;               /* who waits; null in a call that may not suspend */
  const char* action;            /* null: default */
  pf_status status;              /* set by pf_complete */
  void (*cancel)(pf_call* call); /* set by a pending node */
  void* state;                   /* the node's own; the child frame when a flow is called */
  void* error;                   /* set by pf_fail */
};

/* A node `read_file` of module `files` is the function `pfn_files_read_file`, its
 * preflight check `pfn_files_read_file_preflight`. `out` is zeroed before the call
 * and released by the caller, also after a failure. `in` stays valid until completion. */
typedef pf_status (*pf_node_fn)(pf_call* call, const void* in, void* out);

/* Every suspending flow: head, then its slots, which `frame->info` describes. */
typedef struct pf_frame_slot {
  const pf_type* type;
  uint32_t offset;
} pf_frame_slot;
typedef struct pf_frame_info {
  const char* name;
  uint32_t size;
  uint32_t slot_count;
  const pf_frame_slot* slots; /* counted slots: released when the frame is freed */
  pf_status (*resume)(pf_frame* frame);
} pf_frame_info;
struct pf_frame {
  const pf_frame_info* info;
  pf_frame* parent; /* whose call.state waits for this one; null for the root */
  uint32_t state;   /* 0 at the start; codegen's own */
  uint32_t depth;
  pf_call call; /* the pending call of this frame */
};

/* ---- the program -------------------------------------------------------------------- */

typedef struct pf_param {
  const char* name;
  const pf_type* type;
  const char* doc;
  const char* default_text;         /* null: required */
  bool (*default_value)(void* out); /* true when it failed; null: required */
  uint32_t offset;                  /* in the parameter block */
  uint32_t from_stdin;
} pf_param;

/* How to run what may suspend; null in a program without async nodes, so that
 * no event loop is linked. The runtime's is `pf_loop`. */
typedef struct pf_loop_api {
  pf_status (*run)(pf_frame* root);
} pf_loop_api;
extern const pf_loop_api pf_loop;

/* Checked before anything runs; false after pf_config_error was called. */
typedef bool (*pf_preflight_fn)(const pf_site* const* sites, size_t count);
typedef struct pf_preflight {
  pf_preflight_fn check;
  const pf_site* const* sites;
  size_t site_count;
} pf_preflight;

typedef struct pf_program {
  uint32_t abi_version;
  const char* name; /* of the source file, without folder and .pf */
  const char* doc;
  const pf_param* params;
  uint32_t param_count;
  uint32_t params_size;
  uint32_t results_size;
  uint32_t result_count;
  const pf_field* results; /* name, type, offset in the result block */
  /* Either `run` is set, or `start` and `finish` for an entry that may suspend. */
  bool (*run)(const void* params, void* results); /* true when it failed */
  pf_frame* (*start)(const void* params);         /* a root frame */
  void (*finish)(pf_frame* root, void* results);  /* moves its results out */
  const pf_loop_api* loop;
  const pf_preflight* preflights;
  uint32_t preflight_count;
} pf_program;

/* What the generated `main` calls. Returns the exit code. */
int pf_main(int argc, char** argv, const pf_program* program);

/* ---- for node authors (also as C++ in pflow/node.hpp) --------------------------------- */

/* Fails the call; `format` as printf. Returns PF_FAILED. */
pf_status pf_fail(pf_call* call, pf_error_kind kind, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a help row to the failure that pf_fail just stored in the call. */
void pf_fail_help(pf_call* call, const char* format, ...) __attribute__((format(printf, 2, 3)));
/* Ends the call with an action that the interface declares. */
void pf_choose(pf_call* call, const char* action);
/* Ends a pending call from the loop thread; never from inside the node's first run. */
void pf_complete(pf_call* call, pf_status status);
/* A fresh text of `len` bytes to be filled through *bytes. */
pf_str pf_str_new(size_t len, char** bytes);
pf_str pf_str_copy(const char* data, size_t len);
void pf_str_retain(pf_str text);
void pf_str_release(pf_str text);
/* The offset of the first byte that is not UTF-8, or `len`: every str must be UTF-8. */
size_t pf_utf8_valid_prefix(const char* data, size_t len);
/* The model a call without `model` argument uses: --model, PFLOW_MODEL,
 * default_model.txt; null when none is set. */
const char* pf_default_model(void);
/* A key by name: keys.json in PFLOW_HOME, then `variable`. A broken keys.json has
 * been reported with pf_config_error. */
typedef enum pf_key_state { PF_KEY_FOUND, PF_KEY_ABSENT, PF_KEY_BROKEN } pf_key_state;
pf_key_state pf_key(const char* name, const char* variable, pf_str* out);
/* Reports a configuration error that stands at `site` (may be null). */
void pf_config_error(const pf_site* site, const char* help, const char* format, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes to standard output; with --json, where that holds one JSON object, to
 * standard error. When the reader went away the program ends with 141. False:
 * errno says why. */
bool pf_print(const char* data, size_t len);
/* Whether --quiet was given: nothing but results and errors is shown. */
bool pf_quiet(void);
/* A file that a signal or an early exit must not leave behind, from its creation
 * until its rename or removal. The path is copied; -1 when it is too long. */
int pf_temp_file_add(const char* path);
void pf_temp_file_done(int handle);
/* A process group that an early exit must not leave running, from its start until
 * its end. -1 when the table is full. */
int pf_process_group_add(int32_t group);
void pf_process_group_done(int handle);

/* ---- for generated code ------------------------------------------------------------------ */

#define PF_C_void_ void
#define PF_C_bool_ bool
#define PF_C_i32 int32_t
#define PF_C_i64 int64_t
#define PF_C_f64 double
#define PF_C_ptr void*
#define PF_C_cptr const void*
#define PF_C_str_out pf_str*
#define PF_C_str_in const pf_str*
#define PF_C_type const pf_type*
#define PF_C_site const pf_site*
#define PF_C_frame pf_frame*
#define PF_C_call pf_call*
#define PF_FN0(result, name) PF_C_##result name(void);
#define PF_FN1(result, name, a) PF_C_##result name(PF_C_##a);
#define PF_FN2(result, name, a, b) PF_C_##result name(PF_C_##a, PF_C_##b);
#define PF_FN3(result, name, a, b, c) PF_C_##result name(PF_C_##a, PF_C_##b, PF_C_##c);
#define PF_FN4(result, name, a, b, c, d) PF_C_##result name(PF_C_##a, PF_C_##b, PF_C_##c, PF_C_##d);
#define PF_FN5(result, name, a, b, c, d, e) \
  PF_C_##result name(PF_C_##a, PF_C_##b, PF_C_##c, PF_C_##d, PF_C_##e);
#include "pflow/abi.def"

/* Function recursion below this stack address fails with kind `limit`. */
extern const char* pf_stack_limit;

#ifdef __cplusplus
}
#endif
#endif
